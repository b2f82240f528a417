<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Environment;
use Twig\Loader\FilesystemLoader;

/** A part of a page of the storefront. */
final class ViewCall
{
    public function __construct(private readonly string $resources)
    {
    }

    /**
     * @param array<string, mixed> $call
     *
     * @return array<string, mixed>
     */
    public function run(array $call): array
    {
        $loader = new FilesystemLoader();
        $loader->addPath($this->resources . '/views', 'LoyaltySidecar');
        $twig = new Environment($loader, ['strict_variables' => true]);
        $locale = (string) ($call['locale'] ?? 'en-GB');
        $twig->addExtension(new StorefrontSyntax($this->snippets($locale), $call['programme'] ?? null));
        $context = [
            'app' => ['request' => ['locale' => $locale]],
            'context' => ['salesChannelId' => $call['salesChannel'] ?? 'storefront', 'customer' => $call['customer'] ?? null, 'currency' => ['isoCode' => 'EUR'], 'currentCustomerGroup' => ['id' => 'g1']],
        ];
        try {
            $view = '@LoyaltySidecar/storefront/loyalty/' . $call['view'] . '.html.twig';

            return ['html' => $twig->render($view, $context + (array) ($call['variables'] ?? []))];
        } catch (\Throwable $error) {
            return ['broken' => $error->getMessage(), 'html' => ''];
        }
    }

    /**
     * Compiles every view there is, also those that only a shop can render.
     *
     * @return array{views: int, faults: array<string, string>} what a shop would refuse, by view
     */
    public function faults(): array
    {
        $loader = new FilesystemLoader($this->resources . '/views');
        $twig = new Environment($loader);
        $twig->addExtension(new StorefrontSyntax([], null));
        $faults = [];
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($this->resources . '/views', \FilesystemIterator::SKIP_DOTS));
        foreach ($files as $file) {
            $name = substr((string) $file, strlen($this->resources . '/views/'));
            try {
                $twig->compileSource($loader->getSourceContext($name));
            } catch (\Throwable $error) {
                $faults[$name] = $error->getMessage();
            }
        }

        return ['views' => iterator_count($files), 'faults' => $faults];
    }

    /** @return array<string, string> by their dotted names */
    private function snippets(string $locale): array
    {
        $text = (string) file_get_contents("{$this->resources}/snippet/{$locale}/storefront.{$locale}.json");
        $flat = [];
        $walk = static function (array $part, string $prefix) use (&$walk, &$flat): void {
            foreach ($part as $name => $value) {
                is_array($value) ? $walk($value, "{$prefix}{$name}.") : $flat["{$prefix}{$name}"] = (string) $value;
            }
        };
        $walk(json_decode($text, true, 512, \JSON_THROW_ON_ERROR), '');

        return $flat;
    }
}
