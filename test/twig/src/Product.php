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
        public readonly ?string $parentId,
        /** @var string[] */
        public readonly array $categoryIds,
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
            $data['parentId'] ?? null,
            $data['categoryIds'] ?? [],
        );
    }

    /** What a shop writes into the payload of a line, whatever a client sent. @return array<string, mixed> */
    public function payload(): array
    {
        return [
            'isCloseout' => $this->isCloseout,
            'productNumber' => strtoupper($this->id),
            'parentId' => $this->parentId,
            'categoryIds' => $this->categoryIds,
        ];
    }
}
