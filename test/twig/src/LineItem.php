<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class LineItem
{
    public ?Price $price = null;
    public ?string $label = null;
    public bool $good = true;
    public bool $removable = true;
    public bool $stackable = true;
    public bool $isModifiedByApp = false;
    /** Value a script or the catalogue has set for one unit; for a discount, the amount by currency id. @var float|array<string, float>|null */
    public float|array|null $definition = null;
    public ?QuantityInformation $quantityInformation = null;
    /** @var array<string, mixed> */
    public array $payload = [];

    public function __construct(public string $id, public readonly string $type, public readonly ?string $referencedId, public int $quantity)
    {
    }

    public function __clone()
    {
        if ($this->price !== null) {
            $this->price = clone $this->price;
        }
    }

    public function hasPayloadValue(string $key): bool
    {
        return isset($this->payload[$key]);
    }

    public function removePayloadValue(string $key): void
    {
        if (!$this->hasPayloadValue($key)) {
            throw new \InvalidArgumentException("no payload $key");
        }
        unset($this->payload[$key]);
    }

    public function setRemovable(bool $removable): void
    {
        $this->removable = $removable;
    }

    public function setStackable(bool $stackable): void
    {
        $this->stackable = $stackable;
    }

    /** The trap of lines that are not stackable: the shop itself can no longer correct them either. */
    public function setQuantity(int $quantity): void
    {
        if ($quantity < 1 || !$this->stackable) {
            throw new \LogicException("Line item {$this->id} is not stackable, or no quantity: $quantity");
        }
        $this->quantity = $quantity;
        $this->price = $this->type === 'product' ? null : $this->price;
    }
}
