<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** `services.cart`. After calculate() it stands for another cart, as in a shop; only the line items are shared. */
final class CartFacade
{
    public function __construct(private Cart $cart, private readonly Processor $processor)
    {
    }

    public function get(string $id): ?ItemFacade
    {
        $item = $this->cart->lineItems->get($id);

        return $item === null ? null : new ItemFacade($item, $this->processor);
    }

    public function has(string $id): bool
    {
        return $this->cart->lineItems->has($id);
    }

    public function remove(string $id): void
    {
        $this->cart->lineItems->remove($id);
    }

    public function products(): ProductsFacade
    {
        return new ProductsFacade($this->cart->lineItems, $this->processor);
    }

    /** @param array<string, array{gross: float, net: float}> $value */
    public function discount(string $key, string $type, array $value, string $label): void
    {
        if ($type !== 'absolute') {
            throw new \InvalidArgumentException("Discount type $type is not supported");
        }
        $item = new LineItem($key, 'discount', null, 1);
        $item->good = false;
        $item->label = $label;
        $item->definition = array_map(static fn (array $price): float => -abs((float) $price['gross']), $value);
        $this->cart->lineItems->add($item);
    }

    public function calculate(): void
    {
        ++$this->processor->explicit;
        $this->finish();
    }

    /** The calculation that follows every script. */
    public function finish(): void
    {
        $this->cart = $this->processor->process($this->cart, $this->cart->behavior, false);
    }

    public function errors(): ErrorsFacade
    {
        return new ErrorsFacade($this->cart);
    }

    public function states(): StatesFacade
    {
        return new StatesFacade($this->cart);
    }
}
