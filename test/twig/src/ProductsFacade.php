<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ProductsFacade
{
    public function __construct(private readonly LineItems $items, private readonly Processor $processor)
    {
    }

    public function create(string $productId, int $quantity): ItemFacade
    {
        return new ItemFacade(new LineItem($productId, 'product', $productId, $quantity), $this->processor);
    }

    public function add(ItemFacade $product): void
    {
        $this->items->add($product->getItem());
    }
}
