<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\ViewModel\AccountPage;
use Loyalty\Sidecar\ViewModel\Cashback;
use Loyalty\Sidecar\ViewModel\Memberships;
use Loyalty\Sidecar\ViewModel\Rewards;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class CustomerLoyalty implements ResolverInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly AccountPage $page,
        private readonly Rewards $rewards,
        private readonly Cashback $cashback,
        private readonly Memberships $memberships,
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
            ...$this->offered(),
        ];
    }

    /** @return array<string, array<int, array<string, mixed>>> what points buy, what was bought, and memberships */
    private function offered(): array
    {
        $terms = $this->programmes->currentTerms();
        $major = static fn (int $minor, string $currency): float => $minor / $terms->unit($currency);
        $base = (string) $terms->baseCurrency();
        $texts = static fn (array $phrases): array => array_map('strval', $phrases);

        return [
            'rewards' => array_map(fn (array $offer): array => [
                'obstacles' => $texts(array_map($this->rewards->obstacle(...), $offer['obstacles'])),
                'is_invited' => $offer['isInvited'],
            ] + $offer, $this->rewards->offers()),
            'redemptions' => array_values(array_map(static fn (array $one): array => ['state' => strtoupper((string) $one['state'])] + $one, $this->rewards->redemptions())),
            'cashback' => array_map(static fn (array $rule): array => [
                'payout' => strtoupper($rule['payout']),
                'value' => $major($rule['valueMinor'], $base),
                'currency' => $base,
                'minimum' => $rule['least'],
            ] + $rule, $this->cashback->rules()),
            'payouts' => array_values(array_map(static fn (array $payout): array => [
                'state' => strtoupper((string) $payout['state']),
                'value' => $major((int) $payout['valueMinor'], (string) $payout['currency']),
            ] + $payout, $this->cashback->payouts())),
            'memberships' => array_map(fn (array $one): array => [
                'name' => $one['name'],
                'status' => (string) $one['status'],
                'brings' => $texts($this->memberships->brings($one['plan'])),
                'products' => (array) ($one['plan']['products'] ?? []),
            ], $this->memberships->shown()),
        ];
    }
}
