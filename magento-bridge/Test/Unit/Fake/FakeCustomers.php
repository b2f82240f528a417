<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Customer\Api\CustomerRepositoryInterface;
use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\Exception\NoSuchEntityException;

/** Customers by id, with the store in which each of them is at home. */
final class FakeCustomers implements CustomerRepositoryInterface
{
    /** @param array<int, int> $stores by customer */
    public function __construct(private readonly array $stores)
    {
    }

    public function getById(int $customerId): CustomerInterface
    {
        $storeId = $this->stores[$customerId] ?? throw new NoSuchEntityException('There is no such customer.');

        return new class ($storeId) implements CustomerInterface {
            public function __construct(private readonly int $storeId)
            {
            }

            public function getStoreId(): int
            {
                return $this->storeId;
            }

            public function getWebsiteId(): int
            {
                return 1;
            }

            public function getEmail(): string
            {
                return 'ann@example.com';
            }

            public function getFirstname(): string
            {
                return 'Ann';
            }

            public function getLastname(): ?string
            {
                return null;
            }
        };
    }
}
