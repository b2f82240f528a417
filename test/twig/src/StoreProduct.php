<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class StoreProduct
{
    /**
     * @param array<string, string> $translated
     * @param list<array{ruleId: string}> $prices by rules, as the shop always loads them
     * @param array{unitPrice: float} $calculatedPrice without the prices of rules
     */
    public function __construct(
        public readonly string $id,
        public readonly array $translated,
        public readonly bool $available,
        public readonly ?bool $isCloseout,
        public readonly array $prices,
        public readonly array $calculatedPrice,
    ) {
    }
}
