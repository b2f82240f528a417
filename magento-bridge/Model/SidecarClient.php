<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\HTTP\Client\CurlFactory;
use Magento\Framework\Serialize\Serializer\Json;

/** Talks to the sidecar. */
class SidecarClient
{
    public function __construct(private readonly CurlFactory $curls, private readonly Json $json)
    {
    }

    /**
     * @param array<string, string> $headers
     * @return array{status: int, body: array<string, mixed>} status 0 when nobody answered
     */
    public function post(string $url, string $body, array $headers, int $timeoutMs): array
    {
        $curl = $this->curls->create();
        $curl->setHeaders(['content-type' => 'application/json', 'accept' => 'application/json'] + $headers);
        $curl->setOption(CURLOPT_NOSIGNAL, 1);
        $curl->setOption(CURLOPT_TIMEOUT_MS, $timeoutMs);
        $curl->setOption(CURLOPT_CONNECTTIMEOUT_MS, $timeoutMs);
        $curl->setOption(CURLOPT_FOLLOWLOCATION, false);
        // phpcs:ignore Magento2.Exceptions.TryProcessSystemResources
        try {
            $curl->post($url, $body);
        } catch (\Exception $error) {
            return ['status' => 0, 'body' => ['message' => $error->getMessage()]];
        }

        return ['status' => $curl->getStatus(), 'body' => $this->decoded($curl->getBody())];
    }

    /** @return array<string, mixed> */
    private function decoded(string $text): array
    {
        try {
            $body = $this->json->unserialize($text);
        } catch (\InvalidArgumentException) {
            return [];
        }

        return is_array($body) ? $body : [];
    }
}
