<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Store\Model\ScopeInterface;

/** The language of the store view in which a customer registered. */
class CustomerLocale
{
    private const LOCALE = 'general/locale/code';

    public function __construct(private readonly ScopeConfigInterface $config)
    {
    }

    /** For example `de_DE`. */
    public function of(CustomerInterface $customer): string
    {
        return (string) $this->config->getValue(self::LOCALE, ScopeInterface::SCOPE_STORE, (int) $customer->getStoreId());
    }
}
