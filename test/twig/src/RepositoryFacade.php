<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** `services.repository`: entities as the app may read them. */
final class RepositoryFacade
{
    public int $searches = 0;

    /** @param array<string, array<string, mixed>> $customers by id */
    public function __construct(private readonly array $customers)
    {
    }

    /**
     * @param array<string, mixed> $criteria
     *
     * @return list<array<string, mixed>>
     */
    public function search(string $entity, array $criteria): array
    {
        ++$this->searches;
        if ($entity !== 'customer' || array_keys($criteria) !== ['ids'] || $criteria['ids'] === []) {
            throw new \InvalidArgumentException('only customers by id');
        }
        $found = array_intersect_key($this->customers, array_flip($criteria['ids']));

        return array_map(static fn (string $id, array $customer): array => ['id' => $id] + $customer, array_keys($found), $found);
    }
}
