<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Loyalty\Sidecar\Model\Shopper;

/** Customer 7, as the sidecar's mirror has them. */
final class FakeShopper extends Shopper
{
    /** @param array<string, mixed>|null $member */
    public function __construct(private readonly ?array $member, private readonly int $customerId = 7)
    {
    }

    public function customerId(): int
    {
        return $this->customerId;
    }

    public function scope(): int
    {
        return 0;
    }

    public function member(): ?array
    {
        return $this->member;
    }
}
