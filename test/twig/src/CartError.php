<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class CartError
{
    /** @param array<string, mixed> $parameters */
    public function __construct(public readonly string $id, public readonly string $messageKey, public readonly array $parameters)
    {
    }
}
