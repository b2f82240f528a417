<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** A calculated price. Shared: whoever holds it sees what a script changes. */
final class Price
{
    public function __construct(public float $unitPrice, public float $totalPrice, public Taxes $calculatedTaxes)
    {
    }
}
