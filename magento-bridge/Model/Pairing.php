<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\MessageQueue\PoisonPill\PoisonPillPutInterface;
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
        private readonly ProgrammeScope $scope,
        private readonly Outbox $outbox,
        private readonly PoisonPillPutInterface $oldProcesses,
        private readonly PackageInfo $packages,
        private readonly ModuleListInterface $modules,
        private readonly Json $json,
    ) {
    }

    /**
     * @param int $scope a website that gets a programme of its own, or {@see ProgrammeScope::WHOLE}
     * @throws LocalizedException in words for staff
     */
    public function pair(string $url, string $code, int $scope): void
    {
        $url = rtrim($url, '/');
        if (!preg_match('#^https?://[^\s/]+#', $url)) {
            throw new LocalizedException(__('Enter the address of the sidecar, starting with https://.'));
        }
        $store = $scope === ProgrammeScope::WHOLE ? $this->stores->getDefaultStoreView() : $this->stores->getWebsite($scope)->getDefaultStore();
        if ($store === null || !$store->getId()) {
            throw new LocalizedException(__('This website has no store yet.'));
        }
        $answer = $this->client->post($url . '/magento/pair', $this->json->serialize([
            'code' => trim($code),
            'shopUrl' => rtrim($store->getBaseUrl(UrlInterface::URL_TYPE_WEB), '/'),
            'website' => $this->websiteCode($scope),
            'websiteIds' => $scope === ProgrammeScope::WHOLE ? $this->scope->websites($scope) : [$scope],
            'baseCurrency' => (string) $store->getBaseCurrencyCode(),
            'moduleVersion' => $this->version(),
            'oauth' => $this->keys($scope),
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
        $this->config->savePairing($scope, $url, $keys['shopId'], $keys['webhookUrl'], $keys['webhookSecret']);
        $this->oldProcesses->put();
    }

    /** Takes the sidecar's keys to this shop away, and this shop's keys to the sidecar. */
    public function unpair(int $scope): void
    {
        $known = $this->integrations->findByName($this->integrationName($scope));
        if ($known->getId()) {
            $this->integrations->delete((int) $known->getId());
        }
        $this->config->forgetPairing($scope);
        $this->outbox->forget($scope);
        $this->oldProcesses->put();
    }

    /** @return string|null null = the whole installation */
    private function websiteCode(int $scope): ?string
    {
        return $scope === ProgrammeScope::WHOLE ? null : (string) $this->stores->getWebsite($scope)->getCode();
    }

    private function integrationName(int $scope): string
    {
        $website = $this->websiteCode($scope);

        return self::INTEGRATION . ($website === null ? '' : " ($website)");
    }

    /** @return array{consumerKey: string, consumerSecret: string, accessToken: string, accessTokenSecret: string} */
    private function keys(int $scope): array
    {
        $name = $this->integrationName($scope);
        $data = ['name' => $name, 'status' => Integration::STATUS_ACTIVE, 'resource' => self::RESOURCES];
        $known = $this->integrations->findByName($name);
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
