<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\Cache\TypeListInterface;
use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Framework\App\Config\Storage\WriterInterface;
use Magento\Framework\Encryption\EncryptorInterface;

/** How the shop reaches its sidecar. Secrets are stored encrypted. */
class Config
{
    private const URL = 'loyalty/connection/url';
    private const SHOP_ID = 'loyalty/connection/shop_id';
    private const WEBHOOK_URL = 'loyalty/connection/webhook_url';
    private const WEBHOOK_SECRET = 'loyalty/connection/webhook_secret';

    public function __construct(
        private readonly ScopeConfigInterface $config,
        private readonly WriterInterface $writer,
        private readonly EncryptorInterface $encryptor,
        private readonly TypeListInterface $caches,
    ) {
    }

    /** Without a slash at the end; empty while there is none. */
    public function url(): string
    {
        return rtrim((string) $this->config->getValue(self::URL), '/');
    }

    public function shopId(): string
    {
        return (string) $this->config->getValue(self::SHOP_ID);
    }

    public function webhookUrl(): string
    {
        return (string) $this->config->getValue(self::WEBHOOK_URL);
    }

    public function webhookSecret(): string
    {
        $sealed = (string) $this->config->getValue(self::WEBHOOK_SECRET);

        return $sealed === '' ? '' : $this->encryptor->decrypt($sealed);
    }

    /** Where the sidecar answers before an order is taken. */
    public function checkoutUrl(): string
    {
        return $this->url() . '/magento/checkout';
    }

    public function isPaired(): bool
    {
        return $this->shopId() !== '' && $this->webhookUrl() !== '' && $this->webhookSecret() !== '';
    }

    public function savePairing(string $url, string $shopId, string $webhookUrl, string $webhookSecret): void
    {
        $this->writer->save(self::URL, $url);
        $this->writer->save(self::SHOP_ID, $shopId);
        $this->writer->save(self::WEBHOOK_URL, $webhookUrl);
        $this->writer->save(self::WEBHOOK_SECRET, $this->encryptor->encrypt($webhookSecret));
        $this->caches->cleanType('config');
    }

    public function forgetPairing(): void
    {
        foreach ([self::URL, self::SHOP_ID, self::WEBHOOK_URL, self::WEBHOOK_SECRET] as $path) {
            $this->writer->delete($path);
        }
        $this->caches->cleanType('config');
    }
}
