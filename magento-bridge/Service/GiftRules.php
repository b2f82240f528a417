<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Which free products a cart has earned. The sidecar computes the same. */
class GiftRules
{
    private const MAX_UNITS = 1000;

    /**
     * @param array<int, mixed> $rules the programme's `freeProducts`
     * @param int $goodsMinor gross, without gifts, shipping and points
     * @param array{tier: string|null, given: array<string, int>, segments: string[]} $member given = units that orders hold, by rule
     * @param string $now UTC like 2026-01-31T10:00:00.000Z
     * @return array<string, array{skus: string[], units: int}> by the rule's code; one of the products, the first there is
     */
    public function earned(array $rules, string $currency, int $goodsMinor, array $member, string $now): array
    {
        $earned = [];
        foreach ($rules as $rule) {
            if (!is_array($rule) || !is_string($rule['code'] ?? null) || !is_array($rule['products'] ?? null)) {
                continue;
            }
            $units = $this->unitsOf($rule, $currency, $goodsMinor, $member, $now);
            $limit = $rule['limitPerMember'] ?? null;
            if ($limit !== null) {
                $units = min($units, (int) $limit - (int) ($member['given'][$rule['code']] ?? 0));
            }
            if ($units > 0) {
                $earned[$rule['code']] = ['skus' => array_map('strval', array_values($rule['products'])), 'units' => $units];
            }
        }

        return $earned;
    }

    /**
     * @param array<string, mixed> $rule
     * @param array{tier: string|null, given: array<string, int>, segments: string[]} $member
     */
    private function unitsOf(array $rule, string $currency, int $goodsMinor, array $member, string $now): int
    {
        $units = $rule['quantity'] ?? 0;
        $minimum = $rule['minimumGoodsMinor'][$currency] ?? null;
        if (!is_int($units) || $units < 1 || $units > self::MAX_UNITS || !is_int($minimum) || $goodsMinor < max(1, $minimum)) {
            return 0;
        }
        if (($rule['segments'] ?? null) !== null && array_intersect((array) $rule['segments'], $member['segments']) === []) {
            return 0;
        }
        if (($rule['tiers'] ?? null) !== null && !in_array($member['tier'], (array) $rule['tiers'], true)) {
            return 0;
        }
        $isEarly = ($rule['from'] ?? null) !== null && $now < $rule['from'];
        $isLate = ($rule['until'] ?? null) !== null && $now >= $rule['until'];

        return $isEarly || $isLate ? 0 : $units;
    }
}
