<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\Earning;
use Magento\Quote\Model\Quote;
use Magento\Sales\Model\Order;

/** What goods would earn, as the shop can tell; the sidecar decides when the order is there. */
class EarningPreview
{
    public function __construct(
        private readonly TermsTable $terms,
        private readonly Earning $earning,
        private readonly Goods $goods,
    ) {
    }

    public function ofCart(Quote $quote, ?string $tier): int
    {
        return $this->ofGoods($this->goods->ofCart($quote), (string) $quote->getQuoteCurrencyCode(), $tier);
    }

    public function ofOrder(Order $order, ?string $tier): int
    {
        return $this->ofGoods($this->goods->ofOrder($order), (string) $order->getOrderCurrencyCode(), $tier);
    }

    /** @param float $gross with tax, $net without */
    public function of(float $gross, float $net, string $currency, ?string $tier): int
    {
        $amount = ($this->accrual()['basis'] ?? 'gross') === 'net' ? $net : $gross;

        return $this->earning->of($this->accrual(), $currency, $this->terms->minor($amount, $currency), $tier);
    }

    /** @return int days from payment until the points can be spent */
    public function lockDays(): int
    {
        return (int) ($this->accrual()['lockDays'] ?? 0);
    }

    /** @param array{gross: float, net: float, points: float} $goods */
    private function ofGoods(array $goods, string $currency, ?string $tier): int
    {
        $returned = ($this->accrual()['pointsPaymentReducesBasis'] ?? true) ? 0.0 : $goods['points'];

        return $this->of($goods['gross'] + $returned, $goods['net'] + $returned, $currency, $tier);
    }

    /** @return array<string, mixed> */
    private function accrual(): array
    {
        $accrual = $this->terms->find()['accrual'] ?? [];

        return is_array($accrual) ? $accrual : [];
    }
}
