<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\CacheInterface;

/** After one question without an answer nobody waits for the sidecar for a while. */
class Breaker
{
    private const KEY = 'loyalty_sidecar_breaker';
    private const SECONDS = 60;

    public function __construct(private readonly CacheInterface $cache)
    {
    }

    public function isOpen(): bool
    {
        return $this->cache->load(self::KEY) !== false;
    }

    public function open(): void
    {
        $this->cache->save('1', self::KEY, [], self::SECONDS);
    }
}
