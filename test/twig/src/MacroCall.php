<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Extension\CoreExtension;
use Twig\Source;
use Twig\Template;

/** A macro's result is what it returned last, and its text when it returned nothing (or null: the shop cannot tell). */
final class MacroCall
{
    public static mixed $result = null;

    /**
     * @param array<mixed> $arguments
     * @param array<string, mixed> $context
     */
    public static function call(Template $template, string $method, array $arguments, int $line, array $context, Source $source): mixed
    {
        $text = CoreExtension::callMacro($template, $method, $arguments, $line, $context, $source);
        $result = self::$result ?? $text;
        self::$result = null;

        return $result;
    }
}
