<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\Data\CartPointsDataInterface;

class CartPointsData implements CartPointsDataInterface
{
    public function __construct(
        private readonly int $available = 0,
        private readonly int $used = 0,
        private readonly float $discount = 0.0,
        private readonly int $earned = 0,
    ) {
    }

    public function getAvailable(): int
    {
        return $this->available;
    }

    public function getUsed(): int
    {
        return $this->used;
    }

    public function getDiscount(): float
    {
        return $this->discount;
    }

    public function getEarned(): int
    {
        return $this->earned;
    }
}
