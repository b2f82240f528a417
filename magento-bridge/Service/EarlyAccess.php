<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Goods that some tiers may buy before everybody else. What is not as the sidecar writes it closes nothing. */
class EarlyAccess
{
    /**
     * Rules for a product.
     *
     * @param array<int, mixed> $rules the programme's `earlyAccess`
     * @param callable(): array<int, string|int> $categories asked for only when a rule names some
     * @return array<int, array<string, mixed>>
     */
    public function rulesFor(array $rules, string $sku, callable $categories): array
    {
        $ids = null;

        return array_values(array_filter($rules, static function (mixed $rule) use ($sku, $categories, &$ids): bool {
            if (!is_array($rule) || !is_string($rule['until'] ?? null) || !is_array($rule['tiers'] ?? null)) {
                return false;
            }
            if (in_array($sku, (array) ($rule['products'] ?? []), true)) {
                return true;
            }
            $named = (array) ($rule['categories'] ?? []);

            return $named !== [] && array_intersect($ids ??= array_map('strval', $categories()), $named) !== [];
        }));
    }

    /**
     * Why somebody may not buy a product yet.
     *
     * @param array<int, array<string, mixed>> $rules those for the product
     * @param string $now UTC like 2026-01-31T10:00:00.000Z
     * @return array{tiers: string[], opens: string}|null codes of who may, and when it opens for whoever asks, by the programme's clock; null = they may
     */
    public function closed(array $rules, ?string $tier, string $now): ?array
    {
        $tiers = $this->tiersAt($rules, $now);
        if ($tiers === null || in_array($tier, $tiers, true)) {
            return null;
        }
        $turns = [];
        foreach ($rules as $rule) {
            $turns[$rule['until']] = (string) ($rule['localUntil'] ?? $rule['until']);
            if (is_string($rule['from'] ?? null)) {
                $turns[$rule['from']] = (string) ($rule['localFrom'] ?? $rule['from']);
            }
        }
        ksort($turns);
        foreach ($turns as $turn => $local) {
            $later = $this->tiersAt($rules, $turn);
            if ($turn > $now && ($later === null || in_array($tier, $later, true))) {
                return ['tiers' => $tiers, 'opens' => $local];
            }
        }

        return null;
    }

    /**
     * @param array<int, array<string, mixed>> $rules
     * @return string[]|null null = nothing is closed
     */
    private function tiersAt(array $rules, string $at): ?array
    {
        $holding = array_filter($rules, static fn (array $rule): bool => ($rule['from'] ?? '') <= $at && $at < $rule['until']);

        return $holding === [] ? null : array_values(array_unique(array_merge(...array_column($holding, 'tiers'))));
    }
}
