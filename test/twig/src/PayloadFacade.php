<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class PayloadFacade
{
    public function __construct(private readonly LineItem $item)
    {
    }

    public function set(string $key, mixed $value): void
    {
        $this->item->payload[$key] = $value;
    }
}
