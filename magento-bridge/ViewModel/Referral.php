<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Service\QrCode;
use Magento\Store\Model\StoreManagerInterface;

/** The link by which the customer who is logged in recommends the shop, and what came of it. */
class Referral implements OwnPage
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly StoreManagerInterface $stores,
        private readonly QrCode $codes,
    ) {
    }

    public function isThere(): bool
    {
        return $this->code() !== '';
    }

    /** Empty while the member has none. */
    public function code(): string
    {
        return (string) ($this->shopper->member()['referral_code'] ?? '');
    }

    public function link(): string
    {
        return $this->stores->getStore()->getUrl('', ['_query' => ['ref' => $this->code()], '_nosid' => true]);
    }

    /** What friends are written, without the link. */
    public function text(): string
    {
        return (string) __('I like shopping at %1. With my link you get a discount on your first order:', $this->stores->getStore()->getFrontendName());
    }

    public function mailLink(): string
    {
        $subject = (string) __('A discount for you at %1', $this->stores->getStore()->getFrontendName());

        return 'mailto:?' . http_build_query(['subject' => $subject, 'body' => $this->message()], '', '&', PHP_QUERY_RFC3986);
    }

    public function whatsAppLink(): string
    {
        return 'https://wa.me/?' . http_build_query(['text' => $this->message()], '', '&', PHP_QUERY_RFC3986);
    }

    /** @return string|null markup; null when the link is too long for one */
    public function picture(): ?string
    {
        return $this->codes->svg($this->link());
    }

    /** @return array{rewarded: int, pending: int, points: int} */
    public function figures(): array
    {
        return MemberTable::referrals($this->shopper->member());
    }

    private function message(): string
    {
        return $this->text() . ' ' . $this->link();
    }
}
