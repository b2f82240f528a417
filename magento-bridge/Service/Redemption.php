<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What points are worth in a cart, in whole points and minor units of money. The sidecar computes the same. */
class Redemption
{
    /**
     * @param array<string, mixed> $terms the programme's `redemption`
     * @param int $wished what the shopper asked for
     * @param int $balance what the shop knows the shopper to have
     * @param int $goodsMinor what may be paid, shipping excluded
     * @return array{points: int, valueMinor: int} both 0 when nothing can be redeemed
     */
    public function of(array $terms, string $currency, int $wished, int $balance, int $goodsMinor): array
    {
        $nothing = ['points' => 0, 'valueMinor' => 0];
        $value = $terms['pointValue'][$currency] ?? null;
        $perPoints = (int) ($value['valuePoints'] ?? 0);
        $perMinor = (int) ($value['valueMinor'] ?? 0);
        if ($perPoints < 1 || $perMinor < 1 || $wished < 1) {
            return $nothing;
        }
        $most = intdiv($goodsMinor * (int) ($terms['maximumShareBps'] ?? 0), 10000);
        $affordable = min($wished, $balance, intdiv($most * $perPoints, $perMinor));
        $step = max(1, (int) ($terms['stepPoints'] ?? 1));
        $points = $affordable - $affordable % $step;
        if ($points < max(1, (int) ($terms['minimumPoints'] ?? 1))) {
            return $nothing;
        }
        $valueMinor = intdiv($points * $perMinor, $perPoints);

        return $valueMinor < 1 ? $nothing : ['points' => $points, 'valueMinor' => $valueMinor];
    }

    /**
     * Splits an amount over lines by what they cost, to the last minor unit: the largest remainders get one more.
     *
     * @param array<int|string, int> $linesMinor what each line costs
     * @return array<int|string, int> adds up to the amount, or to all lines together when those cost less
     */
    public function split(int $amountMinor, array $linesMinor): array
    {
        $total = array_sum($linesMinor);
        $amount = min($amountMinor, $total);
        if ($amount <= 0) {
            return array_map(static fn (): int => 0, $linesMinor);
        }
        $shares = [];
        $remainders = [];
        foreach ($linesMinor as $key => $line) {
            $shares[$key] = intdiv($amount * $line, $total);
            $remainders[$key] = $amount * $line % $total;
        }
        arsort($remainders);
        foreach (array_slice(array_keys($remainders), 0, $amount - array_sum($shares)) as $key) {
            ++$shares[$key];
        }

        return $shares;
    }
}
