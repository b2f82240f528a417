<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\Earning;
use Loyalty\Sidecar\Service\Terms;
use Magento\Quote\Model\Quote;
use Magento\Sales\Model\Order;

/** What goods would earn, as the shop can tell; the sidecar decides when the order is there. */
class EarningPreview
{
    public function __construct(
        private readonly Programmes $programmes,
        private readonly Earning $earning,
        private readonly Goods $goods,
        private readonly CampaignsNow $campaigns,
    ) {
    }

    public function ofCart(Quote $quote): int
    {
        return $this->ofGoods($quote, $this->goods->ofCart($quote), (string) $quote->getQuoteCurrencyCode());
    }

    public function ofOrder(Order $order): int
    {
        return $this->ofGoods($order, $this->goods->ofOrder($order), (string) $order->getOrderCurrencyCode());
    }

    /**
     * @param float $gross with tax, $net without
     * @param array<string, mixed>|null $member row of the mirror, where the page is made for one person
     */
    public function of(Terms $terms, float $gross, float $net, string $currency, ?string $tier, ?array $member = null, ?string $group = null): int
    {
        $accrual = $terms->section('accrual');
        $amount = ($accrual['basis'] ?? 'gross') === 'net' ? $net : $gross;

        $minor = $terms->minor($amount, $currency);
        $plain = $this->earning->of($accrual, $currency, $minor, $tier);
        $running = $this->campaigns->forMember($terms, $member, $tier, $group);

        return $plain === 0 ? 0 : $plain + $this->campaigns->points($running, $terms, $currency, $minor);
    }

    /** @return int days from payment until the points can be spent */
    public function lockDays(Order $order): int
    {
        return (int) ($this->programmes->termsOf($order)->section('accrual')['lockDays'] ?? 0);
    }

    /** @param array{gross: float, net: float, points: float} $goods */
    private function ofGoods(Quote|Order $of, array $goods, string $currency): int
    {
        $terms = $this->programmes->termsOf($of);
        $returned = ($terms->section('accrual')['pointsPaymentReducesBasis'] ?? true) ? 0.0 : $goods['points'];
        $member = $this->programmes->memberOf($of);
        $group = (string) $of->getCustomerGroupId();

        return $this->of($terms, $goods['gross'] + $returned, $goods['net'] + $returned, $currency, $member['tier'] ?? null, $member, $group);
    }
}
