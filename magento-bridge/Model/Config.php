<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\Config\ReinitableConfigInterface;
use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Framework\App\Config\Storage\WriterInterface;
use Magento\Framework\Encryption\EncryptorInterface;
use Magento\Store\Model\ScopeInterface;

/**
 * How the shop reaches its sidecar. Secrets are stored encrypted. `$scope` is a website, or {@see ProgrammeScope::WHOLE};
 * what a website does not have itself, Magento takes from the whole.
 */
class Config
{
    private const URL = 'loyalty/connection/url';
    private const SHOP_ID = 'loyalty/connection/shop_id';
    private const WEBHOOK_URL = 'loyalty/connection/webhook_url';
    private const WEBHOOK_SECRET = 'loyalty/connection/webhook_secret';

    public function __construct(
        private readonly ReinitableConfigInterface $config,
        private readonly WriterInterface $writer,
        private readonly EncryptorInterface $encryptor,
    ) {
    }

    /** Without a slash at the end; empty while there is none. */
    public function url(int $scope): string
    {
        return rtrim($this->value(self::URL, $scope), '/');
    }

    public function shopId(int $scope): string
    {
        return $this->value(self::SHOP_ID, $scope);
    }

    public function webhookUrl(int $scope): string
    {
        return $this->value(self::WEBHOOK_URL, $scope);
    }

    public function webhookSecret(int $scope): string
    {
        $sealed = $this->value(self::WEBHOOK_SECRET, $scope);

        return $sealed === '' ? '' : $this->encryptor->decrypt($sealed);
    }

    /** Where the sidecar answers before an order is taken. */
    public function checkoutUrl(int $scope): string
    {
        return $this->url($scope) . '/magento/checkout';
    }

    /** Where it takes what customers ask for on their page. */
    public function wishUrl(int $scope): string
    {
        return $this->url($scope) . '/magento/wish';
    }

    /** Where it says what a customer sees of their company. */
    public function companyUrl(int $scope): string
    {
        return $this->url($scope) . '/magento/company';
    }

    /** Where it shows its pages within the administration. */
    public function adminUrl(int $scope): string
    {
        return $this->url($scope) . '/magento/admin';
    }

    public function isPaired(int $scope): bool
    {
        return $this->shopId($scope) !== '' && $this->webhookUrl($scope) !== '' && $this->value(self::WEBHOOK_SECRET, $scope) !== '';
    }

    /** Whether a website has a programme that is not that of the whole. */
    public function isPairedByItself(int $websiteId): bool
    {
        return $this->isPaired($websiteId) && $this->shopId($websiteId) !== $this->shopId(ProgrammeScope::WHOLE);
    }

    public function savePairing(int $scope, string $url, string $shopId, string $webhookUrl, string $webhookSecret): void
    {
        $values = [
            self::URL => $url,
            self::SHOP_ID => $shopId,
            self::WEBHOOK_URL => $webhookUrl,
            self::WEBHOOK_SECRET => $this->encryptor->encrypt($webhookSecret),
        ];
        foreach ($values as $path => $value) {
            $this->writer->save($path, $value, $this->scopeName($scope, ScopeInterface::SCOPE_WEBSITES), $scope);
        }
        $this->config->reinit();
    }

    public function forgetPairing(int $scope): void
    {
        foreach ([self::URL, self::SHOP_ID, self::WEBHOOK_URL, self::WEBHOOK_SECRET] as $path) {
            $this->writer->delete($path, $this->scopeName($scope, ScopeInterface::SCOPE_WEBSITES), $scope);
        }
        $this->config->reinit();
    }

    private function value(string $path, int $scope): string
    {
        return (string) $this->config->getValue($path, $this->scopeName($scope, ScopeInterface::SCOPE_WEBSITE), $scope ?: null);
    }

    /** Magento names websites in the plural where it writes, and in the singular where it reads. */
    private function scopeName(int $scope, string $website): string
    {
        return $scope === ProgrammeScope::WHOLE ? ScopeConfigInterface::SCOPE_TYPE_DEFAULT : $website;
    }
}
