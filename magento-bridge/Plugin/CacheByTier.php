<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Shopper;

/** Cached answers of GraphQL are kept apart by tier and price lists, as pages are. Without a type: shops without GraphQL have no such class. */
class CacheByTier
{
    public function __construct(private readonly Shopper $shopper)
    {
    }

    /** @param object $subject calculates the key of a cached answer */
    public function afterGetCacheId($subject, ?string $cacheId): ?string
    {
        $keys = $this->shopper->priceKeys();

        return $cacheId === null || $keys === [] ? $cacheId : hash('sha256', $cacheId . '|' . implode('|', $keys));
    }
}
