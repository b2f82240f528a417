<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Price;

use Magento\Catalog\Pricing\Price\FinalPrice;
use Magento\Catalog\Pricing\Price\RegularPrice;
use Magento\Catalog\Pricing\Price\TierPrice;
use Magento\Framework\Pricing\Render\PriceBox;

/** Prices by quantity as a table, where Magento writes a sentence each. */
class TierTable extends PriceBox
{
    /**
     * @return array<int, array{quantity: float, saved: int, price: \Magento\Framework\Pricing\Amount\AmountInterface}> saved = percent
     *     off the regular price; empty when there is but one price
     */
    public function rows(): array
    {
        $priceInfo = $this->getSaleableItem()->getPriceInfo();
        $regular = (float) $priceInfo->getPrice(RegularPrice::PRICE_CODE)->getAmount()->getValue();
        $tierPrice = $this->getPrice();
        if (!$tierPrice instanceof TierPrice || $regular <= 0) {
            return [];
        }
        $steps = $tierPrice->getTierPriceList();
        if ($steps === []) {
            return [];
        }
        $prices = [['quantity' => 1.0, 'price' => $priceInfo->getPrice(FinalPrice::PRICE_CODE)->getAmount()]];
        foreach ($steps as $step) {
            $prices[] = ['quantity' => (float) $step['price_qty'], 'price' => $step['price']];
        }

        return array_map(static function (array $row) use ($regular): array {
            return $row + ['saved' => max(0, (int) round(100 * (1 - (float) $row['price']->getValue() / $regular)))];
        }, $prices);
    }
}
