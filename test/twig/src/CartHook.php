<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class CartHook
{
    public function __construct(public readonly Cart $cart, public readonly Context $salesChannelContext)
    {
    }
}
