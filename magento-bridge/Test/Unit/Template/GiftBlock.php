<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

/** What a row of the cart is asked for; also its own item and its own picture. */
final class GiftBlock
{
    public function __construct(private readonly string $name, private readonly float $quantity)
    {
    }

    public function getItem(): self
    {
        return $this;
    }

    public function getQty(): float
    {
        return $this->quantity;
    }

    public function getProductName(): string
    {
        return $this->name;
    }

    public function getProductForThumbnail(): self
    {
        return $this;
    }

    public function getImage(self $product, string $place): self
    {
        return $this;
    }

    public function setTemplate(string $template): self
    {
        return $this;
    }

    public function toHtml(): string
    {
        return '';
    }

    public function getUnitPriceHtml(self $item): string
    {
        return '<span>0.00</span>';
    }

    public function getRowTotalHtml(self $item): string
    {
        return '<span>0.00</span>';
    }
}
