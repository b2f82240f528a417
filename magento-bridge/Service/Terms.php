<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** The programme as carts and pages read it. What the sidecar did not send is not there. */
class Terms
{
    /** @param array<string, mixed> $document empty while there is no programme */
    public function __construct(private readonly array $document)
    {
    }

    /** @return array<string, mixed> e.g. `accrual`; empty when the programme does not have it */
    public function section(string $name): array
    {
        $section = $this->document[$name] ?? [];

        return is_array($section) ? $section : [];
    }

    /** As a store reads it: without rules for other stores; where it takes no part, nothing is earned, spent or given. */
    public function inStore(int $storeId): self
    {
        if (!in_array((string) $storeId, $this->section('excludedChannels'), true)) {
            $holds = static fn (mixed $rule): bool => !is_array($rule) || !isset($rule['places'])
                || in_array((string) $storeId, (array) $rule['places'], true);
            $rules = array_map(
                fn (string $name): array => array_values(array_filter($this->section($name), $holds)),
                ['campaigns' => 'campaigns', 'freeProducts' => 'freeProducts'],
            );

            return new self(array_intersect_key($rules, $this->document) + $this->document);
        }
        $accrual = ['earn' => []] + $this->section('accrual');

        return new self(['accrual' => $accrual, 'redemption' => null, 'campaigns' => [], 'freeProducts' => [], 'earlyAccess' => []] + $this->document);
    }

    /** An amount of money in minor units, as the programme counts them. */
    public function minor(float $amount, string $currency): int
    {
        return max(0, (int) round($amount * $this->unit($currency)));
    }

    /** How many minor units make one unit of a currency. */
    public function unit(string $currency): int
    {
        return max(1, (int) ($this->document['minorUnits'][$currency] ?? 100));
    }

    /** @return array<int, array{code: string, name: string, threshold: int}> lowest first */
    public function tiers(): array
    {
        return $this->section('tiers');
    }

    /** What people call a tier; its code when the programme no longer has it. */
    public function tierName(string $code): string
    {
        return (string) (array_column($this->tiers(), 'name', 'code')[$code] ?? $code);
    }

    /** @return array<string, mixed> what a tier brings besides points and prices */
    public function perks(string $tier): array
    {
        return (array) (array_column($this->tiers(), 'perks', 'code')[$tier] ?? []);
    }

    /** The factor of a tier on points, in hundredths of a percent. */
    public function multiplierBps(string $tier): int
    {
        return (int) ($this->section('accrual')['tierMultiplierBps'][$tier] ?? 10_000);
    }

    /** @return string `all` or `any` of a tier's conditions */
    public function combine(string $tier): string
    {
        return (string) (array_column($this->tiers(), 'requirement', 'code')[$tier]['combine'] ?? 'all');
    }

    /** Currency in which turnover is counted; null while there is no programme. */
    public function baseCurrency(): ?string
    {
        $currency = $this->document['baseCurrency'] ?? null;

        return is_string($currency) ? $currency : null;
    }

    /** Currency in which turnover counts towards tiers; null when something else counts. */
    public function turnoverCurrency(): ?string
    {
        return ($this->document['tierMetric'] ?? '') === 'turnover' ? (string) $this->document['baseCurrency'] : null;
    }

    /** Points from which a shopper can pay with them; null when nobody can in this currency. */
    public function minimumPoints(string $currency): ?int
    {
        $redemption = $this->section('redemption');

        return isset($redemption['pointValue'][$currency]) ? max(1, (int) ($redemption['minimumPoints'] ?? 1)) : null;
    }

    /** What points are worth, in minor units; null in a currency they do not pay in. */
    public function worthMinor(int $points, string $currency): ?int
    {
        $value = $this->section('redemption')['pointValue'][$currency] ?? null;
        $per = (int) ($value['valuePoints'] ?? 0);

        return $per < 1 ? null : intdiv($points * (int) $value['valueMinor'], $per);
    }
}
