<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** @implements \IteratorAggregate<string, CartError> */
final class ErrorsFacade implements \IteratorAggregate
{
    public function __construct(private readonly Cart $cart)
    {
    }

    /** Blocks the order; the next calculation still knows of it. @param array<string, mixed> $parameters */
    public function error(string $key, ?string $id = null, array $parameters = []): void
    {
        $id ??= $key;
        $this->cart->errors[$id] = true;
        $this->cart->told[$id] = new CartError($id, $key, $parameters);
    }

    public function has(string $id): bool
    {
        return isset($this->cart->errors[$id]);
    }

    public function remove(string $id): void
    {
        unset($this->cart->errors[$id], $this->cart->told[$id]);
    }

    public function getIterator(): \Traversable
    {
        yield from array_map(fn (string $id): CartError => $this->cart->told[$id] ?? new CartError($id, $id, []), array_combine(array_keys($this->cart->errors), array_keys($this->cart->errors)));
    }
}
