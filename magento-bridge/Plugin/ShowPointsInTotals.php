<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Magento\Framework\DataObject;
use Magento\Framework\DataObjectFactory;
use Magento\Sales\Block\Order\Totals;

/** What points paid, below the discount it is part of: on the pages of orders, invoices and credit memos and in their mails. */
class ShowPointsInTotals
{
    private const DISCOUNT = 'discount';

    public function __construct(private readonly DataObjectFactory $objects)
    {
    }

    /**
     * @param array<int|string, DataObject> $totals by code, or those of one area
     * @return array<int|string, DataObject>
     */
    public function afterGetTotals(Totals $subject, array $totals): array
    {
        $source = $subject->getSource();
        $paid = (float) $source->getData('loyalty_discount');
        $shown = [];
        foreach ($totals as $key => $total) {
            $shown[$key] = $total;
            if ($total->getData('code') === self::DISCOUNT && $paid > 0.0) {
                $shown['loyalty_points'] = $this->objects->create(['data' => [
                    'code' => 'loyalty_points',
                    'value' => -$paid,
                    'base_value' => -(float) $source->getData('base_loyalty_discount'),
                    'label' => __('of which points'),
                ]]);
            }
        }

        return $shown;
    }
}
