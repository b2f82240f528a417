<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\Data\OrderLoyaltyInterface;

class OrderLoyalty implements OrderLoyaltyInterface
{
    public function __construct(
        private readonly string $shopId = '',
        private readonly int $points = 0,
        private readonly ?string $holdId = null,
        private readonly ?string $referralCode = null,
        private readonly ?string $paidAt = null,
        private readonly ?string $completedAt = null,
    ) {
    }

    public function getShopId(): string
    {
        return $this->shopId;
    }

    public function getPoints(): int
    {
        return $this->points;
    }

    public function getHoldId(): ?string
    {
        return $this->holdId;
    }

    public function getReferralCode(): ?string
    {
        return $this->referralCode;
    }

    public function getPaidAt(): ?string
    {
        return $this->paidAt;
    }

    public function getCompletedAt(): ?string
    {
        return $this->completedAt;
    }
}
