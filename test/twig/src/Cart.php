<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class Cart
{
    public LineItems $lineItems;
    /** Error id to whether the next calculation still knows of it. @var array<string, bool> */
    public array $errors = [];
    /** What scripts said, by error id. @var array<string, CartError> */
    public array $told = [];
    /** @var array<string, string> */
    public array $states = [];
    public Behavior $behavior;

    public function __construct()
    {
        $this->lineItems = new LineItems();
        $this->behavior = new Behavior(false);
    }

    /** As it comes back from the database: nothing shared with before, no errors, prices as they were. */
    public function reload(): self
    {
        $cart = new self();
        $cart->states = $this->states;
        foreach ($this->lineItems as $item) {
            $cart->lineItems->add(clone $item);
        }

        return $cart;
    }
}
