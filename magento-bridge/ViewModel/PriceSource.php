<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\GiftItem;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\TierPriceTable;
use Magento\Catalog\Model\Product;
use Magento\Catalog\Pricing\Price\FinalPrice;
use Magento\Catalog\Pricing\Price\RegularPrice;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Quote\Model\Quote\Item\AbstractItem;

/** Why a price is what it is. The page is cached for everybody with the same tier and contracts. */
class PriceSource implements ArgumentInterface
{
    public function __construct(
        private readonly TierPriceTable $prices,
        private readonly Programmes $programmes,
        private readonly Shopper $shopper,
        private readonly Figures $figures,
    ) {
    }

    /** @return string|null null = the product costs everybody the same */
    public function note(Product $product): ?string
    {
        $prices = $product->getPriceInfo();
        $amount = static fn (string $price): float => (float) $prices->getPrice($price)->getAmount()->getValue();

        return $amount(FinalPrice::PRICE_CODE) < $amount(RegularPrice::PRICE_CODE) ? $this->words($product) : null;
    }

    /** @return string|null the same of a line in the cart, where quantities count; null = the line costs everybody the same */
    public function noteOfItem(AbstractItem $item): ?string
    {
        if (GiftItem::ruleOf($item) !== null) {
            return null;
        }
        // A product with variants costs what the variant costs.
        $product = $item->getOptionByCode('simple_product')?->getProduct() ?? $item->getProduct();
        $usual = (float) $product->getPriceInfo()->getPrice(RegularPrice::PRICE_CODE)->getValue();

        return (float) $item->getCalculationPrice() < $usual ? $this->words($product) : null;
    }

    private function words(Product $product): ?string
    {
        $key = $this->prices->keyFor($this->shopper->scope(), $this->shopper->priceKeys(), (int) $product->getId());
        if ($key === null) {
            return null;
        }
        $usual = $this->figures->money((float) $product->getPriceInfo()->getPrice(RegularPrice::PRICE_CODE)->getAmount()->getValue());

        return (string) ($key === $this->shopper->tier()
            ? __('Your price as %1, instead of %2.', $this->programmes->currentTerms()->tierName($key), $usual)
            : __('The price agreed with your company, instead of %1.', $usual));
    }
}
