<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Checkout\Model\ConfigProviderInterface;
use Magento\Checkout\Model\Session;

/** What the checkout page knows of points when it opens. */
class CheckoutConfig implements ConfigProviderInterface
{
    public function __construct(
        private readonly Session $session,
        private readonly MemberTable $members,
        private readonly TermsTable $terms,
        private readonly EarningPreview $preview,
        private readonly CartGoods $goods,
    ) {
    }

    /** @return array{loyalty: array{canRedeem: bool, available: int, used: int, paid: float, minimum: int, earned: int}} */
    public function getConfig(): array
    {
        $quote = $this->session->getQuote();
        $member = $quote->getCustomerId() ? $this->members->find((int) $quote->getCustomerId()) : null;
        $redemption = $this->terms->find()['redemption'] ?? null;
        $available = $member === null ? 0 : MemberTable::spendable($member);
        $minimum = max(1, (int) ($redemption['minimumPoints'] ?? 1));

        return ['loyalty' => [
            'canRedeem' => isset($redemption['pointValue'][(string) $quote->getQuoteCurrencyCode()]) && $available >= $minimum,
            'available' => $available,
            'used' => (int) $quote->getData('loyalty_points_used'),
            'paid' => $this->goods->of($quote)['points'],
            'minimum' => $minimum,
            'earned' => $this->preview->ofCart($quote, $member['tier'] ?? null),
        ]];
    }
}
