<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Loyalty\Sidecar\Model\Config;

/** The keys of a shop whose sidecar is at one address; without one it is not paired. */
final class FakePairing extends Config
{
    public const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

    public function __construct(private readonly string $url)
    {
    }

    public function url(int $scope): string
    {
        return $this->url;
    }

    public function shopId(int $scope): string
    {
        return 'shop-1';
    }

    public function webhookSecret(int $scope): string
    {
        return self::SECRET;
    }

    public function isPaired(int $scope): bool
    {
        return $this->url !== '';
    }
}
