<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\ViewModel\AccountPage;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class CustomerLoyalty implements ResolverInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly AccountPage $page,
    ) {
    }

    /** @return array<string, mixed>|null */
    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): ?array
    {
        $member = $this->shopper->member();
        if ($member === null) {
            return null;
        }
        $terms = $this->programmes->currentTerms();
        $referrals = MemberTable::referrals($member);
        $name = static fn (?string $code): ?string => $code === null ? null : $terms->tierName($code);

        return [
            'available' => (int) $member['available_points'],
            'pending' => (int) $member['pending_points'],
            'owed' => (int) $member['debt_points'],
            'tier' => $name($member['tier']),
            'next_tier' => $name($member['next_tier']),
            'next_tier_missing' => $member['next_tier_missing'],
            'expiring' => $member['expiring_points'],
            'expiring_at' => $member['expiring_at'],
            'referral_code' => $member['referral_code'],
            'rewarded_referrals' => $referrals['rewarded'],
            'pending_referrals' => $referrals['pending'],
            'referral_points' => $referrals['points'],
            'history' => $this->page->history(),
        ];
    }
}
