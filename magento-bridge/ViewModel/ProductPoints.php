<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\CampaignsNow;
use Loyalty\Sidecar\Model\EarningPreview;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Catalog\Model\Product;
use Magento\Catalog\Pricing\Price\FinalPrice;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Store\Model\StoreManagerInterface;

/** What one piece of a product earns. Says nothing about a person: the page is cached for everybody of a tier. */
class ProductPoints implements ArgumentInterface
{
    public function __construct(
        private readonly EarningPreview $preview,
        private readonly Programmes $programmes,
        private readonly Shopper $shopper,
        private readonly StoreManagerInterface $stores,
        private readonly CampaignsNow $campaigns,
    ) {
    }

    /** @return string[] names of the campaigns that run for the product */
    public function campaigns(Product $product): array
    {
        return $this->campaigns->namesForProduct($this->programmes->currentTerms(), $this->shopper->tier(), $product);
    }

    public function of(Product $product): int
    {
        $amount = $product->getPriceInfo()->getPrice(FinalPrice::PRICE_CODE)->getAmount();
        $currency = (string) $this->stores->getStore()->getCurrentCurrencyCode();

        $terms = $this->programmes->currentTerms();

        return $this->preview->of($terms, (float) $amount->getValue(), (float) $amount->getBaseAmount(), $currency, $this->shopper->tier());
    }
}
