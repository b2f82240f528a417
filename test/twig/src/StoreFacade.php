<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** `services.store`: only what the sales channel shows is found, in the language of the shopper. */
final class StoreFacade
{
    public int $searches = 0;

    /** @param array<string, array<string, mixed>> $products by id */
    public function __construct(private readonly array $products)
    {
    }

    /**
     * @param array<string, mixed> $criteria
     *
     * @return list<StoreProduct>
     */
    public function search(string $entity, array $criteria): array
    {
        ++$this->searches;
        if ($entity !== 'product' || array_keys($criteria) !== ['ids'] || $criteria['ids'] === []) {
            throw new \InvalidArgumentException('only products by id');
        }
        $found = array_intersect_key($this->products, array_flip($criteria['ids']));

        return array_map(
            static fn (string $id, array $product): StoreProduct => new StoreProduct(
                $id,
                ['name' => $product['name']],
                $product['available'] ?? true,
                $product['isCloseout'] ?? false,
                $product['prices'] ?? [],
                ['unitPrice' => (float) ($product['usual'] ?? 0)],
            ),
            array_keys($found),
            $found,
        );
    }
}
