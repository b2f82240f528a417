<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** @implements \IteratorAggregate<string, LineItem> */
final class LineItems implements \IteratorAggregate, \Countable
{
    /** @var array<string, LineItem> */
    private array $elements = [];

    public function add(LineItem $item): void
    {
        $present = $this->get($item->id);
        if ($present !== null && $present->type !== $item->type) {
            throw new \LogicException("Line items of mixed types under the id {$item->id}");
        }
        if ($present === null) {
            $this->elements[$item->id] = $item;

            return;
        }
        $present->setQuantity($present->quantity + $item->quantity);
    }

    public function get(string $id): ?LineItem
    {
        return $this->elements[$id] ?? null;
    }

    public function has(string $id): bool
    {
        return isset($this->elements[$id]);
    }

    public function remove(string $id): void
    {
        unset($this->elements[$id]);
    }

    /** @return array<string, LineItem> */
    public function getElements(): array
    {
        return $this->elements;
    }

    public function getIterator(): \Generator
    {
        yield from $this->elements;
    }

    public function count(): int
    {
        return \count($this->elements);
    }

    public function total(): float
    {
        return (float) array_sum(array_map(static fn (LineItem $item): float => $item->price?->totalPrice ?? 0.0, $this->elements));
    }
}
