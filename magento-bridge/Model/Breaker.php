<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\CacheInterface;

/** After one question without an answer nobody waits for that sidecar for a while. */
class Breaker
{
    private const KEY = 'loyalty_sidecar_breaker_';
    private const SECONDS = 60;

    public function __construct(private readonly CacheInterface $cache)
    {
    }

    public function isOpen(int $scope): bool
    {
        return $this->cache->load(self::KEY . $scope) !== false;
    }

    public function open(int $scope): void
    {
        $this->cache->save('1', self::KEY . $scope, [], self::SECONDS);
    }
}
