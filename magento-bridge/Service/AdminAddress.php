<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Signs the address by which the administration opens the sidecar's pages: every parameter, in the order given. */
class AdminAddress
{
    /** The secret of webhooks signs no addresses itself: a signature of the one is never good for the other. */
    private const PURPOSE = 'loyalty admin page';

    public function __construct(private readonly StandardWebhook $webhook)
    {
    }

    /**
     * @param string $secret of the pairing
     * @param array<string, string> $parameters
     * @return string a query without `?`
     */
    public function query(string $secret, array $parameters): string
    {
        $signed = http_build_query($parameters, '', '&', PHP_QUERY_RFC3986);
        $key = hash_hmac('sha256', self::PURPOSE, $this->webhook->key($secret), true);

        return $signed . '&signature=' . hash_hmac('sha256', $signed, $key);
    }
}
