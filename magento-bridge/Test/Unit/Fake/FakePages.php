<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Loyalty\Sidecar\Model\CachedPages;

/** Remembers what was to be forgotten. */
final class FakePages extends CachedPages
{
    /** @var array<int, int[]> */
    public array $products = [];
    public int $programmes = 0;

    public function __construct()
    {
    }

    public function forgetProducts(array $productIds): void
    {
        $this->products[] = $productIds;
    }

    public function forgetProgramme(): void
    {
        $this->programmes++;
    }
}
