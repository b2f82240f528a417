<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class Product
{
    public function __construct(
        public readonly string $id,
        public readonly string $name,
        public readonly float $price,
        public readonly float $taxRate,
        public readonly ?int $maxPurchase,
        public readonly int $minPurchase,
        public readonly int $steps,
        public readonly bool $isActive,
        public readonly bool $isCloseout,
    ) {
    }

    /** @param array<string, mixed> $data */
    public static function read(string $id, array $data): self
    {
        return new self(
            $id,
            (string) ($data['name'] ?? "Product $id"),
            (float) $data['price'],
            (float) ($data['taxRate'] ?? 19),
            isset($data['maxPurchase']) ? (int) $data['maxPurchase'] : 100,
            (int) ($data['minPurchase'] ?? 1),
            (int) ($data['steps'] ?? 1),
            (bool) ($data['isActive'] ?? true),
            (bool) ($data['isCloseout'] ?? false),
        );
    }
}
