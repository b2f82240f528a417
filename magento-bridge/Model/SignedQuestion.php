<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\StandardWebhook;
use Magento\Framework\DataObject\IdentityGeneratorInterface;
use Magento\Framework\Serialize\Serializer\Json;

/** Asks the sidecar while a shopper waits, over the signature of webhooks. */
class SignedQuestion
{
    public function __construct(
        private readonly Config $config,
        private readonly SidecarClient $client,
        private readonly StandardWebhook $webhook,
        private readonly IdentityGeneratorInterface $ids,
        private readonly Json $json,
    ) {
    }

    /**
     * @param array<string, mixed> $checkout customer_id, email, currency, code, orders, points; what is missing is none
     * @return array{status: int, body: array<string, mixed>} status 0 when nobody answered
     */
    public function ask(int $scope, array $checkout, int $timeoutMs): array
    {
        $nothing = ['customer_id' => null, 'email' => null, 'code' => null, 'orders' => 0, 'points' => null];

        return $this->send($this->config->checkoutUrl($scope), $scope, $checkout + $nothing, $timeoutMs);
    }

    /**
     * @param array{customer_id: int, kind: string, code: string, key: string} $wish
     * @return array{status: int, body: array<string, mixed>} status 0 when nobody answered
     */
    public function wish(int $scope, array $wish, int $timeoutMs): array
    {
        return $this->send($this->config->wishUrl($scope), $scope, $wish, $timeoutMs);
    }

    /**
     * What a customer sees of their company.
     *
     * @return array{status: int, body: array<string, mixed>} status 0 when nobody answered
     */
    public function company(int $scope, int $customerId, int $timeoutMs): array
    {
        return $this->send($this->config->companyUrl($scope), $scope, ['customer_id' => $customerId], $timeoutMs);
    }

    /**
     * @param array<string, mixed> $asked
     * @return array{status: int, body: array<string, mixed>}
     */
    private function send(string $url, int $scope, array $asked, int $timeoutMs): array
    {
        $body = $this->json->serialize(['shop_id' => $this->config->shopId($scope)] + $asked);
        $headers = $this->webhook->headers($this->config->webhookSecret($scope), 'ask_' . $this->ids->generateId(), time(), $body);

        return $this->client->post($url, $body, $headers, $timeoutMs);
    }
}
