<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class StatesFacade
{
    public function __construct(private readonly Cart $cart)
    {
    }

    public function add(string ...$states): void
    {
        foreach ($states as $state) {
            $this->cart->states[$state] = $state;
        }
    }

    public function remove(string $state): void
    {
        unset($this->cart->states[$state]);
    }

    public function has(string $state): bool
    {
        return isset($this->cart->states[$state]);
    }

    /** @return list<string> */
    public function get(): array
    {
        return array_values($this->cart->states);
    }
}
