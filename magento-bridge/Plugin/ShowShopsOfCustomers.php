<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\CustomerLocale;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Customer\Api\CustomerRepositoryInterface;
use Magento\Customer\Api\Data\CustomerExtensionFactory;
use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Customer\Api\Data\CustomerSearchResultsInterface;
use Magento\Customer\Model\Config\Share;

/** Customers in the API tell in which shops they can be members, since an installation may be paired several times, and which language they read. */
class ShowShopsOfCustomers
{
    public function __construct(
        private readonly ProgrammeScope $scope,
        private readonly Config $config,
        private readonly Share $sharing,
        private readonly CustomerExtensionFactory $extensions,
        private readonly CustomerLocale $locales,
    ) {
    }

    public function afterGetById(CustomerRepositoryInterface $subject, CustomerInterface $customer): CustomerInterface
    {
        $this->show($customer);

        return $customer;
    }

    public function afterGetList(CustomerRepositoryInterface $subject, CustomerSearchResultsInterface $found): CustomerSearchResultsInterface
    {
        array_map($this->show(...), $found->getItems());

        return $found;
    }

    private function show(CustomerInterface $customer): void
    {
        $scopes = $this->sharing->isGlobalScope() ? $this->scope->paired() : [$this->scope->ofWebsite((int) $customer->getWebsiteId())];
        $extension = $customer->getExtensionAttributes() ?? $this->extensions->create();
        $extension->setLoyaltyShopIds(array_map($this->config->shopId(...), $scopes));
        $extension->setLoyaltyLocale($this->locales->of($customer));
        $customer->setExtensionAttributes($extension);
    }
}
