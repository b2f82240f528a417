<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\TierPriceTable;
use Magento\Catalog\Model\Product;
use Magento\Catalog\Pricing\Price\FinalPrice;
use Magento\Catalog\Pricing\Price\RegularPrice;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

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

    /** @return Phrase|null null = the product costs everybody the same */
    public function note(Product $product): ?Phrase
    {
        $key = $this->prices->keyFor($this->shopper->scope(), $this->shopper->priceKeys(), (int) $product->getId());
        $amount = static fn (string $price): float => (float) $product->getPriceInfo()->getPrice($price)->getAmount()->getValue();
        if ($key === null || $amount(FinalPrice::PRICE_CODE) >= $amount(RegularPrice::PRICE_CODE)) {
            return null;
        }
        $usual = $this->figures->money($amount(RegularPrice::PRICE_CODE));

        return $key === $this->shopper->tier()
            ? __('Your price as %1, instead of %2.', $this->programmes->currentTerms()->tierName($key), $usual)
            : __('The price agreed with your company, instead of %1.', $usual);
    }
}
