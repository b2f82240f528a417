<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Campaigns that run now for somebody, and what they add to a preview. The sidecar decides. */
class RunningCampaigns
{
    /**
     * @param array<int, mixed> $campaigns the programme's `campaigns`
     * @param array{tier: string|null, segments: string[], group: string|null} $member
     * @param string $now UTC like 2026-01-31T10:00:00.000Z
     * @return array<int, array<string, mixed>> in the programme's order
     */
    public function of(array $campaigns, array $member, string $now): array
    {
        return array_values(array_filter($campaigns, static function (mixed $campaign) use ($member, $now): bool {
            if (!is_array($campaign) || !is_string($campaign['name'] ?? null)) {
                return false;
            }
            $isRunning = ($campaign['from'] ?? '') <= $now && (($campaign['until'] ?? null) === null || $now < $campaign['until']);
            $names = static fn (string $field): ?array => is_array($campaign[$field] ?? null) ? $campaign[$field] : null;

            return $isRunning
                && ($names('tiers') === null || in_array($member['tier'], $names('tiers'), true))
                && ($names('segments') === null || array_intersect($names('segments'), $member['segments']) !== [])
                && ($names('groups') === null || in_array($member['group'], $names('groups'), true));
        }));
    }

    /**
     * Those that are for a product.
     *
     * @param array<int, array<string, mixed>> $running
     * @param array<int, string|int> $categories
     * @return array<int, array<string, mixed>>
     */
    public function forProduct(array $running, string $sku, array $categories): array
    {
        return array_values(array_filter($running, static function (array $campaign) use ($sku, $categories): bool {
            $skus = $campaign['products'] ?? null;
            $ids = $campaign['categories'] ?? null;

            return ($skus === null && $ids === null)
                || in_array($sku, (array) $skus, true)
                || array_intersect(array_map('strval', $categories), (array) $ids) !== [];
        }));
    }

    /**
     * Points on top of what goods earn anyway.
     *
     * @param array<int, array<string, mixed>> $running
     * @param array<string, mixed> $accrual the programme's `accrual`
     */
    public function points(array $running, array $accrual, string $currency, int $goodsMinor): int
    {
        $best = $onTop = 0;
        foreach ($running as $campaign) {
            $minimum = $campaign['minimumMinor'] ?? [];
            $isReached = $minimum === [] || (isset($minimum[$currency]) && $goodsMinor >= (int) $minimum[$currency]);
            $extraBps = (int) ($campaign['multiplierBps'] ?? 0) - 10000;
            if ($extraBps <= 0 || !$isReached) {
                continue;
            }
            $plain = ['multiplierBps' => $extraBps, 'tierMultiplierBps' => []] + $accrual;
            $extra = (new Earning())->of($plain, $currency, $goodsMinor, null);
            if (($campaign['stacking'] ?? '') === 'exclusive') {
                return $extra;
            }
            if (($campaign['stacking'] ?? '') === 'all') {
                $onTop += $extra;
            } else {
                $best = max($best, $extra);
            }
        }

        return $best + $onTop;
    }
}
