<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class StoreProduct
{
    /** @param array<string, string> $translated */
    public function __construct(
        public readonly string $id,
        public readonly array $translated,
        public readonly bool $available,
        public readonly ?bool $isCloseout,
    ) {
    }
}
