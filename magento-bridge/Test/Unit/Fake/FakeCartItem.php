<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Catalog\Model\Product;
use Magento\Quote\Model\Quote\Item\AbstractItem;

/** A line of a cart: a product without variants. */
final class FakeCartItem extends AbstractItem
{
    public bool $isMarked = false;

    public function __construct(private readonly string $sku)
    {
    }

    public function getName(): string
    {
        return "Product {$this->sku}";
    }

    public function getProduct(): Product
    {
        return new class ($this->sku) extends Product {
            public function __construct(private readonly string $sku)
            {
            }

            public function getData(string $key): ?string
            {
                return $key === 'sku' ? $this->sku : null;
            }

            /** @return string[] */
            public function getCategoryIds(): array
            {
                return [];
            }
        };
    }

    /** @return AbstractItem[] */
    public function getChildren(): array
    {
        return [];
    }

    public function getOptionByCode(string $code): mixed
    {
        return null;
    }

    public function addErrorInfo(string $origin, int $code): void
    {
        $this->isMarked = true;
    }

    /** @param array{origin: string, code: int} $params */
    public function removeErrorInfosByParams(array $params): void
    {
        $this->isMarked = false;
    }
}
