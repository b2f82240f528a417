<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Framework\Exception\NoSuchEntityException;
use Magento\Store\Model\StoreManagerInterface;

/** One website with the default store 1; store 2 speaks another language, store 3 is switched off. */
final class FakeStores implements StoreManagerInterface
{
    private const ACTIVE = [1 => true, 2 => true, 3 => false];

    public function getStore(int $storeId): object
    {
        $isActive = self::ACTIVE[$storeId] ?? throw new NoSuchEntityException('There is no such store.');

        return new class ($storeId, $isActive) {
            public function __construct(private readonly int $storeId, private readonly bool $isActive)
            {
            }

            public function getId(): int
            {
                return $this->storeId;
            }

            public function isActive(): bool
            {
                return $this->isActive;
            }
        };
    }

    public function getWebsite(?int $websiteId): object
    {
        return new class ($this->getStore(1)) {
            public function __construct(private readonly object $store)
            {
            }

            public function getDefaultStore(): object
            {
                return $this->store;
            }
        };
    }
}
