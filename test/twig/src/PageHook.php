<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class PageHook
{
    public readonly Page $page;

    public function __construct(public readonly Cart $cart, public readonly Context $salesChannelContext)
    {
        $this->page = new Page();
    }
}
