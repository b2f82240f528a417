<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What an amount would earn: a preview, the sidecar decides. */
class Earning
{
    /** @param array<string, mixed> $accrual the programme's `accrual` */
    public function of(array $accrual, string $currency, int $goodsMinor, ?string $tier): int
    {
        $rate = $accrual['earn'][$currency] ?? null;
        $per = (int) ($rate['perMinor'] ?? 0);
        if ($per < 1 || $goodsMinor < (int) ($accrual['minimumMinor'][$currency] ?? 0)) {
            return 0;
        }
        $bps = (int) ($accrual['tierMultiplierBps'][$tier ?? ''] ?? $accrual['multiplierBps'] ?? 10000);
        $numerator = $goodsMinor * (int) ($rate['points'] ?? 0) * $bps;
        $denominator = $per * 10000;

        return match ($accrual['rounding'] ?? 'down') {
            'up' => intdiv($numerator + $denominator - 1, $denominator),
            'nearest' => intdiv(2 * $numerator + $denominator, 2 * $denominator),
            default => intdiv($numerator, $denominator),
        };
    }
}
