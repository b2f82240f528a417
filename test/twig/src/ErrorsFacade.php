<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ErrorsFacade
{
    public function __construct(private readonly Cart $cart)
    {
    }

    public function has(string $id): bool
    {
        return isset($this->cart->errors[$id]);
    }

    public function remove(string $id): void
    {
        unset($this->cart->errors[$id]);
    }
}
