<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\CheckoutQuestion;
use Loyalty\Sidecar\Model\Gifts;
use Loyalty\Sidecar\Model\LocalTime;
use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\OpenGoods;
use Loyalty\Sidecar\Model\Programmes;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Phrase;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\QuoteManagement;

/** Before stock is taken and the order is made, so that a refusal leaves nothing behind. */
class AskBeforeOrder
{
    public function __construct(
        private readonly CheckoutQuestion $question,
        private readonly Programmes $programmes,
        private readonly Gifts $gifts,
        private readonly OpenGoods $goods,
        private readonly LocalTime $times,
    ) {
    }

    /** @throws LocalizedException for the shopper */
    public function beforeSubmit(QuoteManagement $subject, Quote $quote): void
    {
        if ($this->gifts->hasSoldOut($quote)) {
            $quote->setTotalsCollectedFlag(false)->collectTotals();
        }
        $points = (int) $quote->getData('loyalty_points_used');
        if ($points < 1 && !$quote->getCouponCode() && $this->goods->named($quote) === []) {
            return;
        }
        $member = $points < 1 ? null : $this->programmes->memberOf($quote);
        $isBeyond = $points > 0 && ($member === null || $points > MemberTable::spendable($member));
        $denial = $isBeyond ? ['denial' => 'insufficient_points'] : $this->question->ask($quote);
        if ($denial !== null) {
            throw new LocalizedException($this->words($denial));
        }
    }

    /** @param array{denial: string, product?: string, tiers?: string[], opens?: string} $answer */
    private function words(array $answer): Phrase
    {
        return match ($answer['denial']) {
            'early_access' => $this->goods->words((string) ($answer['product'] ?? ''), (array) ($answer['tiers'] ?? []), $this->times->inWords((string) ($answer['opens'] ?? 'now'))),
            'log_in' => __('Please log in to pay with points.'),
            'insufficient_points' => __('You no longer have enough points. Please choose your points again in the cart.'),
            'points_already_used' => __('These points were already used for another order. Please choose your points again in the cart.'),
            'points_being_checked' => __('Your points are still being checked. Please try again in a moment.'),
            'above_buyer_limit' => __('These are more points than your company lets you use. Please choose fewer in your cart.'),
            'approval_needed' => __('Your company has to approve this many points first; we have asked for it. Until then, please choose fewer points in your cart.'),
            'accept_terms' => __('Please accept the terms of participation in your account first, or use no points.'),
            'own_friend_code' => __('You cannot use your own referral code.'),
            'friend_code_not_first' => __('A friend\'s code is for the first order only. Please remove it from the cart.'),
            default => __('Please choose your points again in the cart.'),
        };
    }
}
