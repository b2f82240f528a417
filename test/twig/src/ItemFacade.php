<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ItemFacade
{
    public function __construct(private readonly LineItem $item, private readonly Processor $processor)
    {
    }

    public function getPrice(): ?PriceFacade
    {
        return $this->item->price === null ? null : new PriceFacade($this->item, $this->item->price, $this->processor);
    }

    public function take(int $quantity, string $key): ?self
    {
        if (!$this->item->stackable || $quantity >= $this->item->quantity) {
            return null;
        }
        $part = clone $this->item;
        $part->id = $key;
        $part->setQuantity($quantity);
        $this->item->setQuantity($this->item->quantity - $quantity);

        return new self($part, $this->processor);
    }

    public function getItem(): LineItem
    {
        return $this->item;
    }

    public function getPayload(): PayloadFacade
    {
        return new PayloadFacade($this->item);
    }
}
