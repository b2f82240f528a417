<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ConditionScope
{
    public function __construct(public readonly Context $salesChannelContext)
    {
    }
}
