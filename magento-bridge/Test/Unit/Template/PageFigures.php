<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

/** The view model of figures, in one language. */
final class PageFigures
{
    public function number(int|float $number): string
    {
        return (string) $number;
    }

    public function day(string $time): string
    {
        return substr($time, 0, 10);
    }
}
