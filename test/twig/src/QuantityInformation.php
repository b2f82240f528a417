<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class QuantityInformation
{
    public function __construct(
        public readonly int $minPurchase,
        public readonly ?int $maxPurchase,
        public readonly ?int $purchaseSteps,
    ) {
    }

    public function fit(int $quantity): int
    {
        $steps = $this->purchaseSteps ?? 1;

        return (int) (floor(($quantity - $this->minPurchase) / $steps) * $steps + $this->minPurchase);
    }
}
