<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Store\Model\App\Emulation;

/** Notes in which order a mail changes what is around it, and puts it back. */
final class FakeSurroundings extends Emulation
{
    /** @var string[] */
    public array $steps = [];

    public function startEnvironmentEmulation(int $storeId, string $area, bool $force): void
    {
        $this->steps[] = "emulate {$storeId} {$area}" . ($force ? '' : ' perhaps');
    }

    public function stopEnvironmentEmulation(): void
    {
        $this->steps[] = 'stop';
    }
}
