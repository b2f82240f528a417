<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Store\Model\StoreManagerInterface;

/**
 * Whose programme applies. A website that is paired by itself has a programme of its own; all others share that of the
 * whole installation, which goes by the id 0.
 */
class ProgrammeScope
{
    public const WHOLE = 0;

    /** @var array<int, int> by website; carts ask many times a request */
    private array $known = [];

    public function __construct(private readonly Config $config, private readonly StoreManagerInterface $stores)
    {
    }

    /** @return int id of the website, or {@see self::WHOLE} */
    public function ofStore(int|string|null $storeId): int
    {
        return $this->ofWebsite((int) $this->stores->getStore($storeId)->getWebsiteId());
    }

    public function ofWebsite(int $websiteId): int
    {
        return $this->known[$websiteId] ??= $this->config->isPairedByItself($websiteId) ? $websiteId : self::WHOLE;
    }

    public function current(): int
    {
        return $this->ofStore(null);
    }

    public function currentStore(): int
    {
        return (int) $this->stores->getStore()->getId();
    }

    /** @return int[] all that are paired */
    public function paired(): array
    {
        $own = array_filter($this->websiteIds(), $this->config->isPairedByItself(...));

        return array_values($this->config->isPaired(self::WHOLE) ? [self::WHOLE, ...$own] : $own);
    }

    /** @return int|null null when no programme here goes by this id of a shop */
    public function ofShop(string $shopId): ?int
    {
        foreach ($this->paired() as $scope) {
            if ($this->config->shopId($scope) === $shopId) {
                return $scope;
            }
        }

        return null;
    }

    /** @return int[] websites to which a programme applies */
    public function websites(int $scope): array
    {
        return array_values(array_filter($this->websiteIds(), fn (int $id): bool => $this->ofWebsite($id) === $scope));
    }

    /** @return int[] stores to which a programme applies */
    public function stores(int $scope): array
    {
        $stores = array_filter($this->stores->getStores(), fn ($store): bool => $this->ofWebsite((int) $store->getWebsiteId()) === $scope);

        return array_values(array_map(static fn ($store): int => (int) $store->getId(), $stores));
    }

    /** @return int[] */
    private function websiteIds(): array
    {
        return array_values(array_map(static fn ($website): int => (int) $website->getId(), $this->stores->getWebsites()));
    }
}
