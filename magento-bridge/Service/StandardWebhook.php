<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Signs messages after Standard Webhooks (standardwebhooks.com): id, time and body together. */
class StandardWebhook
{
    private const PREFIX = 'whsec_';

    /**
     * @param string $secret `whsec_` and a key in base64
     * @param int $timestamp Unix seconds
     * @return array<string, string> headers
     */
    public function headers(string $secret, string $id, int $timestamp, string $body): array
    {
        $mac = base64_encode(hash_hmac('sha256', $id . '.' . $timestamp . '.' . $body, $this->key($secret), true));

        return ['webhook-id' => $id, 'webhook-timestamp' => (string) $timestamp, 'webhook-signature' => 'v1,' . $mac];
    }

    /** @return string the bytes that a secret stands for */
    public function key(string $secret): string
    {
        $key = base64_decode(str_starts_with($secret, self::PREFIX) ? substr($secret, strlen(self::PREFIX)) : $secret, true);
        if ($key === false || $key === '') {
            throw new \InvalidArgumentException('The secret is not base64.');
        }

        return $key;
    }
}
