<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** Sales channel context with what the scripts read of it. Customers are maps; reading what is not there throws in strict mode. */
final class Context
{
    public readonly Rounding $itemRounding;

    /**
     * @param array{isoCode: string} $currency
     * @param array<string, mixed>|null $customer
     */
    public function __construct(
        public readonly array $currency,
        public readonly string $taxState,
        public readonly ?array $customer,
        int $decimals,
        float $interval,
        /** @var list<string> rules that hold, the first first */
        public readonly array $ruleIds = [],
    ) {
        $this->itemRounding = new Rounding($decimals, $interval);
    }

    /** @param array<string, mixed> $data */
    public static function read(array $data): self
    {
        return new self(
            ['isoCode' => (string) ($data['currency'] ?? 'EUR')],
            (string) ($data['taxState'] ?? 'gross'),
            $data['customer'] ?? null,
            (int) ($data['decimals'] ?? 2),
            (float) ($data['interval'] ?? 0.01),
            $data['ruleIds'] ?? [],
        );
    }

    /** Price of a number of units at a unit price of this context's tax state. */
    public function priceOf(float $unit, int $quantity, float $taxRate): Price
    {
        $total = $this->itemRounding->round($unit * $quantity);
        $tax = match ($this->taxState) {
            'gross' => $total - $total / (1 + $taxRate / 100),
            'net' => $total * $taxRate / 100,
            default => 0.0,
        };

        return new Price($unit, $total, new Taxes($this->itemRounding->round($tax)));
    }
}
