<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class Taxes
{
    public function __construct(public float $amount)
    {
    }
}
