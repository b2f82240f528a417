<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class Page
{
    /** @var array<string, array<string, mixed>> */
    public array $extensions = [];

    /** @param array<string, mixed> $extension */
    public function addArrayExtension(string $name, array $extension): void
    {
        $this->extensions[$name] = $extension;
    }
}
