<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** The currency's rounding in a sales channel. Above two decimals the interval does not count. */
final class Rounding
{
    public function __construct(public readonly int $decimals, public readonly float $interval)
    {
    }

    public function round(float $value): float
    {
        $rounded = round($value, $this->decimals);
        if ($this->decimals > 2 || $this->interval <= 0.01) {
            return $rounded;
        }

        return round(round($rounded / $this->interval) * $this->interval, $this->decimals);
    }
}
