<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class PriceFacade
{
    public function __construct(
        private readonly LineItem $item,
        private readonly Price $price,
        private readonly Processor $processor,
    ) {
    }

    /** @param array<string, array{gross: float, net: float}> $prices */
    public function change(array $prices): void
    {
        $context = $this->processor->context;
        $price = $prices[$context->currency['isoCode']] ?? $prices['default'];
        $unit = (float) ($context->taxState === 'gross' ? $price['gross'] : $price['net']);
        $new = $context->priceOf($unit, $this->item->quantity, $this->processor->taxRate($this->item));
        $this->item->isModifiedByApp = true;
        $this->item->definition = $unit;
        $this->price->unitPrice = $new->unitPrice;
        $this->price->totalPrice = $new->totalPrice;
        $this->price->calculatedTaxes = $new->calculatedTaxes;
    }
}
