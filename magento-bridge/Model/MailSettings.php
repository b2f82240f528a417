<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Store\Model\ScopeInterface;

/** Which mails a store view sends to members, and how. */
class MailSettings
{
    private const ENABLED = 'loyalty/mail/enabled';

    public function __construct(private readonly ScopeConfigInterface $config)
    {
    }

    public function isSent(string $kind, int $storeId): bool
    {
        return $this->config->isSetFlag(self::ENABLED, ScopeInterface::SCOPE_STORE, $storeId)
            && $this->config->isSetFlag($this->path($kind, 'enabled'), ScopeInterface::SCOPE_STORE, $storeId);
    }

    /** A template of the module, or the id of one that staff wrote. */
    public function template(string $kind, int $storeId): string
    {
        return $this->value($kind, 'template', $storeId);
    }

    public function sender(string $kind, int $storeId): string
    {
        return $this->value($kind, 'identity', $storeId);
    }

    /** @return string[] */
    public function copies(string $kind, int $storeId): array
    {
        $addresses = array_map('trim', explode(',', $this->value($kind, 'copy_to', $storeId)));

        return array_values(array_filter($addresses, static fn (string $address): bool => $address !== ''));
    }

    private function value(string $kind, string $field, int $storeId): string
    {
        return (string) $this->config->getValue($this->path($kind, $field), ScopeInterface::SCOPE_STORE, $storeId);
    }

    private function path(string $kind, string $field): string
    {
        return 'loyalty/mail_' . $kind . '/' . $field;
    }
}
