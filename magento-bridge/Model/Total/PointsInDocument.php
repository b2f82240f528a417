<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Total;

use Loyalty\Sidecar\Service\PartOfLine;
use Magento\Sales\Model\Order\Creditmemo;
use Magento\Sales\Model\Order\Invoice;

/** Notes in an invoice or credit memo what points paid of it. It is part of the discount, so no sum changes. */
class PointsInDocument
{
    public function __construct(private readonly PartOfLine $part)
    {
    }

    /** @param string $counted column of the order's line that counts its units in earlier documents of the kind */
    public function note(Invoice|Creditmemo $document, string $counted): void
    {
        foreach (['loyalty_discount', 'base_loyalty_discount'] as $column) {
            $paid = 0.0;
            foreach ($document->getAllItems() as $item) {
                $line = $item->getOrderItem();
                $amount = (float) $line->getData($column);
                $paid += $this->part->of($amount, (float) $line->getQtyOrdered(), (float) $line->getData($counted), (float) $item->getQty());
            }
            $document->setData($column, round($paid, 4));
        }
    }
}
