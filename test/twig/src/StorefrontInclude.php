<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\TokenParser\IncludeTokenParser;

/** The shop's own include, which looks through themes and apps; here there is one app. */
final class StorefrontInclude extends IncludeTokenParser
{
    public function getTag(): string
    {
        return 'sw_include';
    }
}
