<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What can be told of a member, and the figures of each kind; `?` at the end: it may be absent. */
class NoticeKinds
{
    public const FIGURES = [
        'welcome' => ['points' => 'count'],
        'points_available' => ['points' => 'count', 'balance' => 'count', 'orderNumber' => 'text?'],
        'points_expiring' => ['points' => 'count', 'expiresAt' => 'instant', 'days' => 'count'],
        'tier_reached' => ['tier' => 'text'],
        'tier_at_risk' => ['tier' => 'text', 'nextTier' => 'text?', 'days' => 'count'],
        'referral_rewarded' => ['points' => 'count'],
        'voucher_granted' => ['code' => 'text', 'valueMinor' => 'count', 'percentBps' => 'count?', 'currency' => 'text', 'minimumMinor' => 'count?', 'expiresAt' => 'instant?'],
        'voucher_expiring' => ['code' => 'text', 'valueMinor' => 'count', 'percentBps' => 'count?', 'currency' => 'text', 'minimumMinor' => 'count?', 'expiresAt' => 'instant', 'days' => 'count'],
        'occasion_rewarded' => ['occasion' => 'text', 'points' => 'count'],
        'lead_confirmation_requested' => ['url' => 'text', 'expiresAt' => 'instant?'],
        'challenge_completed' => ['challenge' => 'text', 'points' => 'count?'],
        'badge_earned' => ['badge' => 'text'],
        'segment_entered' => ['segment' => 'text', 'name' => 'text'],
        'segment_left' => ['segment' => 'text', 'name' => 'text'],
        'reward_redeemed' => ['reward' => 'text', 'points' => 'count', 'code' => 'text?'],
        'approval_requested' => ['subject' => 'text', 'points' => 'count?', 'requestedBy' => 'text?'],
        'approval_decided' => ['subject' => 'text', 'outcome' => 'text', 'points' => 'count?'],
        'membership_started' => ['plan' => 'text', 'endsAt' => 'instant?'],
        'membership_ending' => ['plan' => 'text', 'endsAt' => 'instant'],
        'membership_ended' => ['plan' => 'text', 'endedAt' => 'instant'],
    ];
    /** What wants consent says where to withdraw it. */
    public const LINK = 'unsubscribeUrl';
}
