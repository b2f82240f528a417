<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\CampaignsNow;
use Loyalty\Sidecar\Model\EarningPreview;
use Loyalty\Sidecar\Model\Gifts;
use Loyalty\Sidecar\Model\Goods;
use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Magento\Checkout\Model\Session;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Quote\Model\Quote;

/** What the cart says of points. */
class CartBox implements ArgumentInterface
{
    public function __construct(
        private readonly Session $session,
        private readonly Programmes $programmes,
        private readonly EarningPreview $preview,
        private readonly Goods $goods,
        private readonly Gifts $gifts,
        private readonly CampaignsNow $campaigns,
    ) {
    }

    public function currency(): string
    {
        return (string) $this->quote()->getQuoteCurrencyCode();
    }

    public function isGuest(): bool
    {
        return !$this->quote()->getCustomerId();
    }

    public function earned(): int
    {
        return $this->preview->ofCart($this->quote());
    }

    /** @return string[] names of the campaigns that run for the shopper */
    public function campaigns(): array
    {
        $member = $this->member();
        $group = (string) $this->quote()->getCustomerGroupId();
        $terms = $this->programmes->termsOf($this->quote());

        return array_column($this->campaigns->forMember($terms, $member, $member['tier'] ?? null, $group), 'name');
    }

    /** What the shopper could spend, what is held for this very cart included. */
    public function spendable(): int
    {
        $member = $this->member();

        return $member === null ? 0 : MemberTable::spendable($member);
    }

    public function pending(): int
    {
        return (int) ($this->member()['pending_points'] ?? 0);
    }

    public function used(): int
    {
        return (int) $this->quote()->getData('loyalty_points_used');
    }

    /** What they pay, in the cart's currency. */
    public function paid(): float
    {
        return $this->goods->ofCart($this->quote())['points'];
    }

    /** Points from which a shopper can pay with them; null when nobody can in this currency. */
    public function minimum(): ?int
    {
        return $this->programmes->termsOf($this->quote())->minimumPoints($this->currency());
    }

    public function step(): int
    {
        return max(1, (int) ($this->programmes->termsOf($this->quote())->section('redemption')['stepPoints'] ?? 1));
    }

    public function hasMissedGift(): bool
    {
        return $this->gifts->hasMissed($this->quote());
    }

    /** @return array<string, mixed>|null */
    private function member(): ?array
    {
        return $this->programmes->memberOf($this->quote());
    }

    private function quote(): Quote
    {
        return $this->session->getQuote();
    }
}
