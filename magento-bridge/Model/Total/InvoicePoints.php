<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Total;

use Magento\Sales\Model\Order\Invoice;
use Magento\Sales\Model\Order\Invoice\Total\AbstractTotal;

class InvoicePoints extends AbstractTotal
{
    public function __construct(private readonly PointsInDocument $points)
    {
        parent::__construct();
    }

    public function collect(Invoice $invoice): self
    {
        $this->points->note($invoice, 'qty_invoiced');

        return $this;
    }
}
