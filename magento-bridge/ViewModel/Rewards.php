<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Service\RewardOffers;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** The reward catalogue for the customer who is logged in, and what they took from it. */
class Rewards implements ArgumentInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly RewardOffers $offers,
        private readonly Figures $figures,
    ) {
    }

    /** @return array<int, array<string, mixed>> see {@see RewardOffers} */
    public function offers(): array
    {
        $member = $this->shopper->member();
        if ($member === null) {
            return [];
        }
        $segments = json_decode((string) ($member['segments'] ?? ''), true);
        $terms = $this->programmes->currentTerms();
        $who = [
            'points' => (int) $member['available_points'],
            'tier' => $member['tier'],
            'segments' => is_array($segments) ? $segments : [],
            'taken' => (array) (MemberTable::details($member, 'rewards')['taken'] ?? []),
        ];

        return $this->offers->of($terms->section('rewards'), $terms->tiers(), $who, $this->figures->language(), gmdate('Y-m-d\TH:i:s.v\Z'));
    }

    /** @param array{kind: string, value: int|string|null} $obstacle */
    public function obstacle(array $obstacle): Phrase
    {
        return match ($obstacle['kind']) {
            'from_tier' => __('From %1', $obstacle['value']),
            'for_tiers' => __('For %1', $obstacle['value']),
            'from' => __('From %1', $this->figures->day((string) $obstacle['value'])),
            'had_it' => __('You have had this one'),
            'sold_out' => __('Sold out'),
            default => __('%1 points are missing', $this->figures->number((int) $obstacle['value'])),
        };
    }

    /** @return array<int, array<string, mixed>> latest first, with `name` in the page's language */
    public function redemptions(): array
    {
        $latest = MemberTable::details($this->shopper->member(), 'rewards')['latest'] ?? [];
        $texts = array_column($this->programmes->currentTerms()->section('rewards'), 'texts', 'code');
        $language = $this->figures->language();

        return array_map(static fn (array $one): array => ['name' => $texts[$one['code']][$language]['name'] ?? $one['name']] + $one, array_filter((array) $latest, 'is_array'));
    }

    public function state(string $state): Phrase
    {
        return match ($state) {
            'requested' => __('Requested'),
            'confirmed' => __('Confirmed'),
            'fulfilled' => __('Handed over'),
            default => __('Cancelled'),
        };
    }

    /** Made with the page, so that a form sent twice is one wish. */
    public function newKey(): string
    {
        return bin2hex(random_bytes(16));
    }
}
