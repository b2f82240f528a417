<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Module\ModuleListInterface;
use Magento\Framework\Module\PackageInfo;
use Magento\Framework\Serialize\Serializer\Json;
use Magento\Framework\UrlInterface;
use Magento\Integration\Api\IntegrationServiceInterface;
use Magento\Integration\Api\OauthServiceInterface;
use Magento\Integration\Model\Integration;
use Magento\Store\Model\StoreManagerInterface;

/** Exchanges a one-time code for the keys by which shop and sidecar know each other. */
class Pairing
{
    private const INTEGRATION = 'Loyalty Sidecar';
    private const MODULE = 'Loyalty_Sidecar';
    private const TIMEOUT_MS = 15000;
    /** What the sidecar reads and writes, and nothing else. */
    private const RESOURCES = [
        'Loyalty_Sidecar::mirror',
        'Magento_Sales::actions_view',
        'Magento_Sales::sales_invoice',
        'Magento_Customer::customer',
        'Magento_Customer::manage',
        'Magento_Customer::group',
        'Magento_Catalog::catalog',
        'Magento_Catalog::products',
        'Magento_SalesRule::quote',
    ];

    public function __construct(
        private readonly Config $config,
        private readonly SidecarClient $client,
        private readonly IntegrationServiceInterface $integrations,
        private readonly OauthServiceInterface $oauth,
        private readonly StoreManagerInterface $stores,
        private readonly PackageInfo $packages,
        private readonly ModuleListInterface $modules,
        private readonly Json $json,
    ) {
    }

    /** @throws LocalizedException in words for staff */
    public function pair(string $url, string $code): void
    {
        $url = rtrim($url, '/');
        if (!preg_match('#^https?://[^\s/]+#', $url)) {
            throw new LocalizedException(__('Enter the address of the sidecar, starting with https://.'));
        }
        $answer = $this->client->post($url . '/magento/pair', $this->json->serialize([
            'code' => trim($code),
            'shopUrl' => rtrim($this->stores->getStore()->getBaseUrl(UrlInterface::URL_TYPE_WEB), '/'),
            'websiteIds' => array_map('intval', array_values(array_map(static fn ($site) => $site->getId(), $this->stores->getWebsites()))),
            'moduleVersion' => $this->version(),
            'oauth' => $this->keys(),
        ]), [], self::TIMEOUT_MS);
        $keys = $answer['body'];
        if ($answer['status'] !== 200) {
            throw new LocalizedException(__('The sidecar refused: %1', $this->reason($answer)));
        }
        foreach (['shopId', 'webhookUrl', 'webhookSecret'] as $field) {
            if (!is_string($keys[$field] ?? null) || $keys[$field] === '') {
                throw new LocalizedException(__('The sidecar answered without %1.', $field));
            }
        }
        $this->config->savePairing($url, $keys['shopId'], $keys['webhookUrl'], $keys['webhookSecret']);
    }

    /** Takes the sidecar's keys to this shop away, and this shop's keys to the sidecar. */
    public function unpair(): void
    {
        $known = $this->integrations->findByName(self::INTEGRATION);
        if ($known->getId()) {
            $this->integrations->delete((int) $known->getId());
        }
        $this->config->forgetPairing();
    }

    /** @return array{consumerKey: string, consumerSecret: string, accessToken: string, accessTokenSecret: string} */
    private function keys(): array
    {
        $data = ['name' => self::INTEGRATION, 'status' => Integration::STATUS_ACTIVE, 'resource' => self::RESOURCES];
        $known = $this->integrations->findByName(self::INTEGRATION);
        $integration = $known->getId()
            ? $this->integrations->update(['integration_id' => $known->getId()] + $data)
            : $this->integrations->create($data);
        $consumer = $this->oauth->loadConsumer($integration->getConsumerId());
        $token = $this->oauth->getAccessToken($consumer->getId());
        if (!$token) {
            $this->oauth->createAccessToken($consumer->getId(), true);
            $token = $this->oauth->getAccessToken($consumer->getId());
        }

        return [
            'consumerKey' => $consumer->getKey(),
            'consumerSecret' => $consumer->getSecret(),
            'accessToken' => $token->getToken(),
            'accessTokenSecret' => $token->getSecret(),
        ];
    }

    /** @param array{status: int, body: array<string, mixed>} $answer */
    private function reason(array $answer): string
    {
        $said = $answer['body']['error']['message'] ?? $answer['body']['message'] ?? null;

        return $answer['status'] === 0 ? (string) __('nobody answers at this address') : (is_string($said) ? $said : (string) $answer['status']);
    }

    private function version(): string
    {
        $version = $this->packages->getVersion(self::MODULE);
        if ($version !== '') {
            return $version;
        }

        return (string) ($this->modules->getOne(self::MODULE)['setup_version'] ?? 'development');
    }
}
