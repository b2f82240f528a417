<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What a change of points is called; %1 = number of the order, %2 = points that became available. */
class HistoryWords
{
    private const WORDS = [
        'accrual' => 'Order %1',
        'release' => '%2 points of order %1 are now available',
        'reversal' => 'Order %1 was changed or returned',
        'clawback' => 'Order %1 was changed or returned',
        'redemption' => 'Used for order %1',
        'hold_captured' => 'Used for order %1',
        'redemption_return' => 'Given back for order %1',
        'expiry' => 'Points expired',
        'adjustment' => 'Corrected by the shop',
        'referral_reward' => 'Reward for a friend’s first order',
        'friend_reward' => 'Reward for coming through a friend',
        'volume_reward' => 'Reward for your purchases',
        'activity_reward' => 'Reward for taking part',
        'merge_in' => 'From another account of yours',
        'split_in' => 'Accounts separated',
        'split_out' => 'Accounts separated',
        'occasion_reward' => 'Reward for a special day',
        'lead_reward' => 'For signing up',
        'reward_redeemed' => 'Reward from the catalogue',
        'reward_returned' => 'Points back for a reward',
        'cashback_paid' => 'Paid out as money',
        'cashback_returned' => 'Points back for a payout',
        'membership_welcome' => 'Welcome to your membership',
        'challenge_reward' => 'Challenge completed',
        'welcome' => 'Welcome',
        'pooling' => 'Passed between you and your company',
    ];

    /** Null for changes that are not the shopper's business. */
    public function of(string $kind): ?string
    {
        return self::WORDS[$kind] ?? null;
    }
}
