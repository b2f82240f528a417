<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** The reward catalogue as one customer finds it. The sidecar decides; this is so that nobody clicks for nothing. */
class RewardOffers
{
    /**
     * What is over, and what is for segments the customer is not in, is left out.
     *
     * @param array<int, mixed> $rewards the programme's `rewards`
     * @param array<int, array<string, mixed>> $tiers the programme's, lowest first
     * @param array{points: int, tier: string|null, segments: string[], taken: array<string, int>} $member
     * @param string $now UTC like 2026-01-31T10:00:00.000Z
     * @return array<int, array{code: string, name: string, description: string|null, price: int, image: string|null, left: int|null,
     *     until: string|null, isInvited: bool, obstacles: array<int, array{kind: string, value: int|string|null}>}>
     */
    public function of(array $rewards, array $tiers, array $member, string $language, string $now): array
    {
        $offers = [];
        foreach ($rewards as $reward) {
            if (!is_array($reward) || !is_string($reward['code'] ?? null)) {
                continue;
            }
            $segments = $reward['segments'] ?? null;
            $until = $reward['until'] ?? null;
            if (($until !== null && $until <= $now) || ($segments !== null && array_intersect((array) $segments, $member['segments']) === [])) {
                continue;
            }
            $words = is_array($reward['texts'][$language] ?? null) ? $reward['texts'][$language] : [];
            $offers[] = [
                'code' => $reward['code'],
                'name' => (string) ($words['name'] ?? $reward['name'] ?? $reward['code']),
                'description' => $words['description'] ?? $reward['description'] ?? null,
                'price' => (int) ($reward['pointsPrice'] ?? 0),
                'image' => $reward['image'] ?? null,
                'left' => is_int($reward['left'] ?? null) && $reward['left'] > 0 ? $reward['left'] : null,
                'until' => $until,
                'isInvited' => $segments !== null,
                'obstacles' => $this->obstacles($reward, $tiers, $member, $now),
            ];
        }

        return $offers;
    }

    /**
     * @param array<string, mixed> $reward
     * @param array<int, array<string, mixed>> $tiers
     * @param array{points: int, tier: string|null, segments: string[], taken: array<string, int>} $member
     * @return array<int, array{kind: string, value: int|string|null}> kinds: from_tier, for_tiers, from, had_it, sold_out, missing
     */
    private function obstacles(array $reward, array $tiers, array $member, string $now): array
    {
        $found = [];
        $wanted = $reward['tiers'] ?? null;
        if (is_array($wanted) && !in_array($member['tier'], $wanted, true)) {
            $found[] = $this->tierObstacle($wanted, $tiers);
        }
        if (is_string($reward['from'] ?? null) && $now < $reward['from']) {
            $found[] = ['kind' => 'from', 'value' => $reward['from']];
        }
        $limit = $reward['perMember'] ?? null;
        if ($limit !== null && ($member['taken'][$reward['code']] ?? 0) >= $limit) {
            $found[] = ['kind' => 'had_it', 'value' => null];
        }
        $missing = (int) ($reward['pointsPrice'] ?? 0) - $member['points'];
        if ($reward['isSoldOut'] ?? false) {
            $found[] = ['kind' => 'sold_out', 'value' => null];
        } elseif ($missing > 0) {
            $found[] = ['kind' => 'missing', 'value' => $missing];
        }

        return $found;
    }

    /**
     * @param array<int, string> $wanted codes
     * @param array<int, array<string, mixed>> $tiers
     * @return array{kind: string, value: string} the lowest where those above are meant too
     */
    private function tierObstacle(array $wanted, array $tiers): array
    {
        $isWanted = array_map(static fn (array $tier): bool => in_array($tier['code'] ?? null, $wanted, true), $tiers);
        $names = array_column(array_intersect_key($tiers, array_filter($isWanted)), 'name');
        $first = array_search(true, $isWanted, true);
        $isUpwards = $first !== false && !in_array(false, array_slice($isWanted, (int) $first), true);

        return $isUpwards ? ['kind' => 'from_tier', 'value' => (string) $names[0]] : ['kind' => 'for_tiers', 'value' => implode(', ', $names)];
    }
}
