<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Puts the prices of a tier or contract among those a product has; per quantity the lower one counts. */
class TierRows
{
    /**
     * @param array<int|string, array<string, mixed>> $present as Magento keeps them: cust_group, price_qty, price, website_price
     * @param array<int, array{quantity: float, price: float}> $ours
     * @param int $allGroups id that stands for every customer group
     * @return array<int, array<string, mixed>> by quantity
     */
    public function merged(array $present, array $ours, int $allGroups, int $websiteId): array
    {
        // Of one quantity Magento takes the price of a group before that of all, also when it is higher.
        $present = array_values(array_filter($present, fn (array $row): bool => (int) $row['cust_group'] === $allGroups
            || (float) $row['website_price'] < ($this->priceFrom($ours, (float) $row['price_qty']) ?? INF)));
        foreach ($ours as $row) {
            $known = $this->find($present, $row['quantity'], $allGroups);
            if ($known !== null && (float) $present[$known]['website_price'] <= $row['price']) {
                continue;
            }
            $added = [
                'website_id' => $websiteId,
                'all_groups' => '1',
                'cust_group' => $allGroups,
                'price_qty' => $row['quantity'],
                'price' => $row['price'],
                'website_price' => $row['price'],
                'percentage_value' => null,
            ];
            if ($known === null) {
                $present[] = $added;
            } else {
                $present[$known] = $added;
            }
        }
        usort($present, static fn (array $a, array $b): int => (float) $a['price_qty'] <=> (float) $b['price_qty']);

        return $present;
    }

    /** @param array<int, array{quantity: float, price: float}> $ours by rising quantity */
    private function priceFrom(array $ours, float $quantity): ?float
    {
        $price = null;
        foreach ($ours as $row) {
            if ($row['quantity'] <= $quantity) {
                $price = $row['price'];
            }
        }

        return $price;
    }

    /** @param array<int|string, array<string, mixed>> $present */
    private function find(array $present, float $quantity, int $allGroups): int|string|null
    {
        foreach ($present as $key => $row) {
            if ((int) $row['cust_group'] === $allGroups && (float) $row['price_qty'] === $quantity) {
                return $key;
            }
        }

        return null;
    }
}
