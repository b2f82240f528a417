<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** How far the customer who is logged in is towards the next tier and rewards for purchases, and what the tier brings. */
class Progress implements ArgumentInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly Figures $figures,
    ) {
    }

    /** @return array<int, array<string, mixed>> where the member stands with each incentive */
    public function volume(): array
    {
        return MemberTable::details($this->shopper->member(), 'volume');
    }

    /** @return array<int, array<string, mixed>> with `metric`, `value`, `atLeast` */
    public function conditions(): array
    {
        return MemberTable::details($this->shopper->member(), 'next_tier_conditions');
    }

    /** @return array<int, array<string, mixed>> open to the customer */
    public function challenges(): array
    {
        return MemberTable::details($this->shopper->member(), 'challenges');
    }

    /** @return array<int, array<string, mixed>> with `name` and `image`, latest first */
    public function badges(): array
    {
        return MemberTable::details($this->shopper->member(), 'badges');
    }

    public function combineText(string $tier): Phrase
    {
        return $this->programmes->currentTerms()->combine($tier) === 'any'
            ? __('One of these is enough:')
            : __('All of this is needed:');
    }

    /** @return array<int, Phrase|string> in words */
    public function perks(string $tier): array
    {
        $terms = $this->programmes->currentTerms();
        $perks = $terms->perks($tier);
        $multiplier = $terms->multiplierBps($tier);
        $has = static fn (string $perk): bool => ($perks[$perk] ?? false) === true;
        $contact = $perks['accountContact'] ?? null;

        return [
            ...($multiplier > 10_000 ? [__('%1 times the points', $this->figures->factor($multiplier))] : []),
            ...($has('freeShipping') ? [__('Free shipping')] : []),
            ...($has('fasterShipping') ? [__('Faster shipping')] : []),
            ...($has('earlyAccess') ? [__('Early access to new products')] : []),
            ...(is_string($contact) ? [__('Your contact: %1', $contact)] : []),
            ...array_filter((array) ($perks['texts'] ?? []), 'is_string'),
        ];
    }

    public function metric(string $metric): Phrase
    {
        return match ($metric) {
            'turnover' => __('Purchases'),
            'orders' => __('Orders'),
            'items' => __('Items'),
            'points' => __('Points earned'),
            default => __('Days as a member'),
        };
    }

    /** An amount of a metric: money where it is turnover, else a number. */
    public function measure(string $metric, int $amount): string
    {
        $terms = $this->programmes->currentTerms();
        $currency = $metric === 'turnover' ? $terms->baseCurrency() : null;

        return $currency === null ? $this->figures->number($amount) : $this->figures->money($amount / $terms->unit($currency), $currency);
    }
}
