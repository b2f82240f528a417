<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** How many of a customer's points a rule of cashback would pay out now. The sidecar decides. */
class PayableCashback
{
    /**
     * @param array<int, mixed> $rules the programme's `cashback`
     * @param int $minorUnits how many make one unit of money, which the rate is said of at least
     * @return array<int, array{code: string, name: string, payout: string, every: string|null, least: int, ratePoints: int,
     *     rateMinor: int, points: int, valueMinor: int, missing: int}> `points` 0 while some are `missing`
     */
    public function of(array $rules, int $available, int $minorUnits): array
    {
        $payable = [];
        foreach ($rules as $rule) {
            $unit = is_array($rule) ? (int) ($rule['unitPoints'] ?? 0) : 0;
            if ($unit < 1 || !is_string($rule['code'] ?? null)) {
                continue;
            }
            // The fewest points that reach the minimum in whole units.
            $least = max(1, (int) ceil((int) ($rule['minimumPoints'] ?? 0) / $unit)) * $unit;
            $points = max(0, $available) - max(0, $available) % $unit;
            $isEnough = $points >= $least;
            $unitMinor = max(1, (int) ($rule['unitMinor'] ?? 0));
            $many = max(1, (int) ceil($minorUnits / $unitMinor));
            $payable[] = [
                'code' => $rule['code'],
                'name' => (string) ($rule['name'] ?? $rule['code']),
                'payout' => ($rule['payout'] ?? '') === 'voucher' ? 'voucher' : 'credit',
                'every' => is_string($rule['every'] ?? null) ? $rule['every'] : null,
                'least' => $least,
                'ratePoints' => $unit * $many,
                'rateMinor' => $unitMinor * $many,
                'points' => $isEnough ? $points : 0,
                'valueMinor' => $isEnough ? intdiv($points, $unit) * $unitMinor : 0,
                'missing' => $isEnough ? 0 : $least - max(0, $available),
            ];
        }

        return $payable;
    }
}
