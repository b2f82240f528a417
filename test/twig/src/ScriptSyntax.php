<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Extension\AbstractExtension;
use Twig\TwigFilter;
use Twig\TwigFunction;
use Twig\TwigTest;

/** Of what a shop adds to Twig for app scripts, the part our scripts use, as strict as there. */
final class ScriptSyntax extends AbstractExtension
{
    public function getTokenParsers(): array
    {
        return [new ReturnTokenParser()];
    }

    public function getFilters(): array
    {
        return [
            new TwigFilter('intval', static fn (mixed $value): int => (int) self::scalar($value)),
            new TwigFilter('json_encode', static fn (mixed $value): string|false => json_encode($value, \JSON_PRESERVE_ZERO_FRACTION)),
            new TwigFilter('md5', static fn (string $value): string => md5($value)),
        ];
    }

    public function getFunctions(): array
    {
        return [
            new TwigFunction('preg_match', static fn (string $subject, string $pattern): bool => (bool) preg_match($pattern, $subject)),
        ];
    }

    public function getTests(): array
    {
        return [
            new TwigTest('array', 'is_array'),
            new TwigTest('int', 'is_int'),
            new TwigTest('string', 'is_string'),
            new TwigTest('scalar', 'is_scalar'),
        ];
    }

    private static function scalar(mixed $value): mixed
    {
        if (!\is_scalar($value) && $value !== null) {
            throw new \InvalidArgumentException('Non-scalar value given to intval');
        }

        return $value;
    }
}
