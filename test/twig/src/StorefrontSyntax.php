<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Extension\AbstractExtension;
use Twig\TwigFilter;
use Twig\TwigFunction;

/** Of what a shop adds to Twig for its pages, the part our views use. A text that no snippet has breaks the page. */
final class StorefrontSyntax extends AbstractExtension
{
    /** @param array<string, string> $snippets */
    public function __construct(private readonly array $snippets, private readonly mixed $programme)
    {
    }

    public function getTokenParsers(): array
    {
        return [new StorefrontInclude(), new StorefrontExtends()];
    }

    public function getFilters(): array
    {
        return [
            new TwigFilter('trans', fn (string $key, array $values = []): string => strtr(
                $this->snippets[$key] ?? throw new \InvalidArgumentException("no snippet {$key}"),
                array_map(strval(...), $values),
            )),
            new TwigFilter('sw_sanitize', static fn (string $text): string => strip_tags($text, ['b', 'strong', 'em']), ['is_safe' => ['html']]),
            new TwigFilter('currency', static fn (float|int $amount, string $iso = 'EUR'): string => number_format($amount, 2, '.', '') . " {$iso}"),
            new TwigFilter('format_number', static fn (float|int $number): string => (string) $number),
            new TwigFilter('format_date', static fn (string $time, string $format, string $locale = ''): string => substr($time, 0, 10)),
        ];
    }

    public function getFunctions(): array
    {
        $address = static fn (string $route, array $values = []): string => "/{$route}?" . http_build_query($values);

        return [
            new TwigFunction('path', $address),
            new TwigFunction('url', $address),
            new TwigFunction('seoUrl', $address),
            new TwigFunction('config', fn (string $key): mixed => $this->programme),
        ];
    }
}
