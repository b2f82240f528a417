<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\GiftRules;
use Magento\Catalog\Api\ProductRepositoryInterface;
use Magento\Catalog\Model\Product;
use Magento\CatalogInventory\Api\StockRegistryInterface;
use Magento\Framework\DataObjectFactory;
use Magento\Framework\Exception\LocalizedException;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Item;
use Psr\Log\LoggerInterface;

/** Free products of a cart: there when earned, gone when not, for nothing, and never more of them. */
class Gifts
{
    public function __construct(
        private readonly Programmes $programmes,
        private readonly Goods $goods,
        private readonly GiftRules $rules,
        private readonly ProductRepositoryInterface $products,
        private readonly StockRegistryInterface $stock,
        private readonly DataObjectFactory $objects,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** Before totals: gifts cost nothing, in the quantity they were given in. */
    public function lock(Quote $quote): void
    {
        foreach ($quote->getAllItems() as $item) {
            if (GiftItem::isReordered($item)) {
                $this->remove($quote, $item);
            } elseif (GiftItem::ruleOf($item) !== null) {
                $this->free($item);
            }
        }
    }

    /**
     * After totals: what the goods have earned.
     *
     * @return bool whether anything changed, so that totals have to be collected again
     */
    public function sync(Quote $quote): bool
    {
        $earned = $this->earned($quote);
        $isChanged = false;
        foreach ($this->giftsOf($quote) as $item) {
            $code = (string) GiftItem::ruleOf($item);
            $due = $earned[$code] ?? null;
            if ($due === null || !$this->isStillDue($item, $due) || !$this->isThere($item)) {
                $this->remove($quote, $item);
                $isChanged = true;
                continue;
            }
            // A second line of the same rule comes of two carts that were merged.
            unset($earned[$code]);
        }
        foreach ($earned as $code => $due) {
            $isChanged = $this->add($quote, (string) $code, $due['skus'], $due['units']) || $isChanged;
        }

        return $isChanged;
    }

    /**
     * Another order may have taken some of them, the rule may name other products by now.
     *
     * @param array{skus: string[], units: int} $due
     */
    private function isStillDue(Item $item, array $due): bool
    {
        $sku = (string) $item->getProduct()->getData('sku');

        return in_array($sku, $due['skus'], true) && (float) $item->getQty() <= $due['units'];
    }

    /** Whether a gift was sold out since it came into the cart; an order with it would be refused. */
    public function hasSoldOut(Quote $quote): bool
    {
        foreach ($this->giftsOf($quote) as $item) {
            if (!$this->isThere($item)) {
                return true;
            }
        }

        return false;
    }

    /** Whether the goods have earned a gift that cannot be given, because it is sold out. */
    public function hasMissed(Quote $quote): bool
    {
        return count($this->earned($quote)) > count($this->giftsOf($quote));
    }

    /** @return Item[] */
    private function giftsOf(Quote $quote): array
    {
        return array_values(array_filter($quote->getAllItems(), static fn (Item $item): bool => GiftItem::ruleOf($item) !== null));
    }

    private function isThere(Item $item): bool
    {
        $websiteId = (int) $item->getQuote()->getStore()->getWebsiteId();

        return !$item->getHasError() && $this->stock->getStockStatus((int) $item->getProductId(), $websiteId)->getStockStatus() > 0;
    }

    /** @return array<string, array{skus: string[], units: int}> */
    private function earned(Quote $quote): array
    {
        $terms = $this->programmes->termsOf($quote);
        $rules = $terms->section('freeProducts');
        if ($rules === [] || $quote->getIsMultiShipping()) {
            return [];
        }
        $goods = $this->goods->ofCart($quote);
        $member = $this->programmes->memberOf($quote);
        $currency = (string) $quote->getQuoteCurrencyCode();
        $decoded = static fn (string $column): array => (array) json_decode((string) ($member[$column] ?? ''), true);
        $who = ['tier' => $member['tier'] ?? null, 'given' => $decoded('given_gifts'), 'segments' => $decoded('segments')];
        $now = gmdate('Y-m-d\TH:i:s.000\Z');

        return $this->rules->earned($rules, $currency, $terms->minor($goods['gross'] + $goods['points'], $currency), $who, $now);
    }

    /** @param string[] $skus the first that can be had */
    private function add(Quote $quote, string $code, array $skus, int $units): bool
    {
        foreach ($skus as $sku) {
            try {
                $found = $this->products->get($sku, false, (int) $quote->getStoreId());
                assert($found instanceof Product);
                $product = clone $found;
                $product->addCustomOption(GiftItem::OPTION, $code);
                $request = $this->objects->create(['data' => ['qty' => $units, GiftItem::OPTION => $code]]);
                $item = $quote->addProduct($product, $request);
            } catch (LocalizedException $error) {
                // Sold out or not there: the next one, and no reason to stop a shopper.
                $this->logger->info('Loyalty: a gift could not be added', ['sku' => $sku, 'rule' => $code, 'error' => $error->getMessage()]);
                continue;
            }
            if ($item instanceof Item) {
                $this->free($item);
                $this->forgetItems($quote);

                return true;
            }
        }

        return false;
    }

    private function free(Item $item): void
    {
        $units = (float) ($item->getBuyRequest()->getData('original_qty') ?: 1);
        if ((float) $item->getQty() !== $units) {
            $item->setQty($units);
        }
        $item->setCustomPrice(0)->setOriginalCustomPrice(0)->setNoDiscount(1);
        $item->getProduct()->setIsSuperMode(true);
    }

    private function remove(Quote $quote, Item $item): void
    {
        $quote->deleteItem($item);
        $this->forgetItems($quote);
    }

    /** Addresses remember their items. */
    private function forgetItems(Quote $quote): void
    {
        foreach ($quote->getAllAddresses() as $address) {
            $address->unsetData('cached_items_all');
        }
    }
}
