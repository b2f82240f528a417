<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Total;

use Magento\Sales\Model\Order\Creditmemo;
use Magento\Sales\Model\Order\Creditmemo\Total\AbstractTotal;

class CreditmemoPoints extends AbstractTotal
{
    public function __construct(private readonly PointsInDocument $points)
    {
        parent::__construct();
    }

    public function collect(Creditmemo $creditmemo): self
    {
        $this->points->note($creditmemo, 'qty_refunded');

        return $this;
    }
}
