<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class WriterFacade
{
    /** @var list<array{string, array<mixed>}> */
    public array $writes = [];

    /** @param array<mixed> $payload */
    public function upsert(string $entity, array $payload): void
    {
        $this->writes[] = [$entity, $payload];
    }
}
