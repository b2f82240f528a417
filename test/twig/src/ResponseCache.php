<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ResponseCache
{
    public bool $isEnabled = true;

    public function disable(): void
    {
        $this->isEnabled = false;
    }
}
