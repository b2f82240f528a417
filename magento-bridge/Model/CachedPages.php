<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\CacheInterface;
use Magento\Framework\Event\ManagerInterface;
use Magento\Framework\Indexer\CacheContext;
use Magento\Framework\Indexer\CacheContextFactory;

/** Pages of the shop that are kept, by itself or by Varnish before it, and would go on saying what was so before. */
class CachedPages
{
    /** The tag of pages that tell of the programme. */
    public const PROGRAMME = 'loyalty_programme';
    /** Of products in Magento, followed by the id; by itself, of answers of GraphQL with products. */
    private const PRODUCT = 'cat_p';

    public function __construct(
        private readonly CacheContextFactory $contexts,
        private readonly ManagerInterface $events,
        private readonly CacheInterface $cache,
    ) {
    }

    /** @param int[] $productIds whose prices are others now */
    public function forgetProducts(array $productIds): void
    {
        $this->clean($this->contexts->create()->registerEntities(self::PRODUCT, $productIds));
    }

    public function forgetProgramme(): void
    {
        $this->clean($this->contexts->create()->registerTags([self::PROGRAMME, self::PRODUCT]));
    }

    /** As Magento does it after its own indexes. */
    private function clean(CacheContext $context): void
    {
        $this->events->dispatch('clean_cache_by_tags', ['object' => $context]);
        $this->cache->clean($context->getIdentities());
    }
}
