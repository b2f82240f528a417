<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class RequestFacade
{
    public function __construct(private readonly string $method)
    {
    }

    public function method(): string
    {
        return $this->method;
    }
}
