<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class Behavior
{
    public function __construct(public readonly bool $isRecalculation)
    {
    }
}
