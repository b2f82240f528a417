<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Framework\App\Config\ScopeConfigInterface;

/** Settings by path, the same in every store. */
final class FakeSettings implements ScopeConfigInterface
{
    /** @param array<string, string> $values */
    public function __construct(private readonly array $values)
    {
    }

    public function getValue(string $path): ?string
    {
        return $this->values[$path] ?? null;
    }

    public function isSetFlag(string $path): bool
    {
        return ($this->values[$path] ?? '0') === '1';
    }
}
