<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ConfigFacade
{
    public function __construct(private readonly mixed $programme)
    {
    }

    public function app(string $key): mixed
    {
        return $key === 'programme' ? $this->programme : null;
    }
}
