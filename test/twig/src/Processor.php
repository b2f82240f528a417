<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** One pass of a shop over a cart, in the shop's order: products, promotions, discounts, the script, validation. */
final class Processor
{
    public int $passes = 0;
    /** Calculations scripts asked for themselves. */
    public int $explicit = 0;

    /**
     * @param array<string, Product> $catalogue
     * @param array<string, float> $promotions
     */
    public function __construct(
        public array $catalogue,
        public array $promotions,
        public readonly Context $context,
        private readonly ScriptEngine $engine,
        private readonly mixed $programme,
    ) {
    }

    public function process(Cart $original, Behavior $behavior, bool $hooks): Cart
    {
        $cart = new Cart();
        $cart->behavior = $behavior;
        $cart->states = $original->states;
        if ($hooks) {
            ++$this->passes;
            foreach ($original->lineItems as $item) {
                $item->isModifiedByApp = false;
            }
        }
        if (\count($original->lineItems) > 0) {
            $this->collect($original);
        }
        $cart->errors = array_filter($original->errors);
        $cart->told = array_intersect_key($original->told, $cart->errors);
        $this->products($original, $cart);
        $this->promotions($cart);
        $this->discounts($original, $cart);
        if ($hooks) {
            $this->script($cart);
        }
        $this->validate($cart);

        return $cart;
    }

    private function collect(Cart $original): void
    {
        foreach ($original->lineItems->getElements() as $item) {
            if ($item->type !== 'product') {
                continue;
            }
            $product = $this->catalogue[$item->referencedId] ?? null;
            if ($product === null || !$product->isActive) {
                $original->errors['product-not-found' . ($item->label ?? $item->id)] = true;
                $original->lineItems->remove($item->id);
                continue;
            }
            $item->label = $product->name;
            $item->payload = $product->payload() + $item->payload;
            $item->quantityInformation = new QuantityInformation($product->minPurchase, $product->maxPurchase, $product->steps);
            if ($item->definition === null || !$item->isModifiedByApp) {
                $item->definition = $product->price;
            }
            $this->fitQuantity($original, $item, $item->quantityInformation);
        }
    }

    private function fitQuantity(Cart $original, LineItem $item, QuantityInformation $packs): void
    {
        $available = $packs->maxPurchase ?? 0;
        if ($available < $packs->minPurchase) {
            $original->lineItems->remove($item->id);
            $original->errors['product-out-of-stock' . $item->referencedId] = true;
        } elseif ($available < $item->quantity) {
            $item->setQuantity($packs->fit($available));
            $original->errors['product-stock-reached' . $item->referencedId] = true;
        } elseif ($item->quantity < $packs->minPurchase) {
            $item->setQuantity($packs->minPurchase);
            $original->errors['min-order-quantity' . $item->referencedId] = true;
        } elseif ($item->quantity !== $packs->fit($item->quantity)) {
            $item->setQuantity($packs->fit($item->quantity));
            $original->errors['purchase-steps-quantity' . $item->referencedId] = true;
        }
    }

    private function products(Cart $original, Cart $cart): void
    {
        foreach ($original->lineItems as $item) {
            if ($item->type === 'product') {
                $item->price = $this->context->priceOf((float) $item->definition, $item->quantity, $this->taxRate($item));
                $cart->lineItems->add($item);
            }
        }
    }

    /** Made anew in every pass out of what is stackable; a script's own prices come too late for them. */
    private function promotions(Cart $cart): void
    {
        $counted = array_filter($cart->lineItems->getElements(), static fn (LineItem $item): bool => $item->stackable);
        $goods = (float) array_sum(array_map(static fn (LineItem $item): float => $item->price->totalPrice ?? 0.0, $counted));
        foreach ($this->promotions as $id => $value) {
            $value = min($value, $goods);
            if ($value > 0) {
                $item = new LineItem((string) $id, 'promotion', null, 1);
                $item->good = false;
                $item->price = $this->context->priceOf(-$value, 1, 19);
                $this->leaveStackable($cart);
                $cart->lineItems->add($item);
            }
        }
    }

    /** The trap of promotions: to look at units one by one, a shop makes every line stackable, and leaves it so. */
    private function leaveStackable(Cart $cart): void
    {
        foreach ($cart->lineItems as $item) {
            $item->setStackable(true);
        }
    }

    /** A discount that is nothing, or larger than what is there, is dropped without a word. The sum is one of floats, as there. */
    private function discounts(Cart $original, Cart $cart): void
    {
        $hasGoods = array_filter($cart->lineItems->getElements(), static fn (LineItem $item): bool => $item->good) !== [];
        foreach ($original->lineItems->getElements() as $item) {
            if ($item->type !== 'discount') {
                continue;
            }
            $price = $this->context->priceOf((float) $item->definition[$this->context->currency['isoCode']], 1, 19);
            $isDropped = !$hasGoods || abs($price->totalPrice) < 1e-8 || $price->totalPrice + $cart->lineItems->total() < 0;
            if ($isDropped) {
                $original->lineItems->remove($item->id);
                continue;
            }
            $item->price = $price;
            $cart->lineItems->add($item);
        }
    }

    private function script(Cart $cart): void
    {
        $facade = new CartFacade($cart, $this);
        $services = new Services(['cart' => $facade, 'price' => new PriceFactory(), 'config' => new ConfigFacade($this->programme)]);
        $hook = new CartHook($cart, $this->context);
        $this->engine->load('cart/loyalty.twig', $services)->render(['hook' => $hook]);
        $facade->finish();
    }

    /** What is found here concerns the finished cart and is found anew in every pass. */
    private function validate(Cart $cart): void
    {
        $units = [];
        foreach ($cart->lineItems as $item) {
            if ($item->type === 'product') {
                $units[$item->referencedId] = ($units[$item->referencedId] ?? 0) + $item->quantity;
            }
        }
        foreach ($units as $id => $quantity) {
            if ($quantity > ($this->catalogue[$id]->maxPurchase ?? 0)) {
                $cart->errors['product-stock-reached' . $id] = false;
            }
        }
    }

    public function taxRate(LineItem $item): float
    {
        return $this->catalogue[$item->referencedId]->taxRate ?? 0.0;
    }
}
