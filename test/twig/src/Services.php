<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** `services` of one hook: a name the hook does not offer throws. */
final class Services
{
    /** @param array<string, object> $services */
    public function __construct(private readonly array $services)
    {
    }

    /** @param array<mixed> $arguments */
    public function __call(string $name, array $arguments): object
    {
        return $this->services[$name] ?? throw new \BadMethodCallException("The service $name is not available in this hook.");
    }
}
