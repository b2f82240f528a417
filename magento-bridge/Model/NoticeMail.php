<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\App\Area;
use Magento\Framework\Mail\Template\TransportBuilder;
use Magento\Framework\Translate\Inline\StateInterface;
use Magento\Store\Model\App\Emulation;
use Magento\Store\Model\StoreManagerInterface;

/** Sends the mail that a notice is told by, in the language of a store view. */
class NoticeMail
{
    public function __construct(
        private readonly TransportBuilder $transports,
        private readonly StateInterface $inlineTranslation,
        private readonly Emulation $emulation,
        private readonly StoreManagerInterface $stores,
        private readonly MailSettings $settings,
        private readonly NoticeValues $values,
    ) {
    }

    /**
     * @param array{kind: string, figures: array<string, int|string>} $notice
     * @throws \Throwable whatever keeps the mail from going out
     */
    public function send(array $notice, CustomerInterface $customer, int $storeId, int $scope): void
    {
        $this->emulation->startEnvironmentEmulation($storeId, Area::AREA_FRONTEND, true);
        $this->inlineTranslation->suspend();
        try {
            $vars = $this->values->read($notice['kind'], $notice['figures'], $scope);
            $this->transports
                ->setTemplateIdentifier($this->settings->template($notice['kind'], $storeId))
                ->setTemplateOptions(['area' => Area::AREA_FRONTEND, 'store' => $storeId])
                ->setTemplateVars([...$vars, 'firstName' => (string) $customer->getFirstname(), 'store' => $this->stores->getStore($storeId)])
                ->setFromByScope($this->settings->sender($notice['kind'], $storeId), $storeId)
                ->addTo($customer->getEmail(), trim($customer->getFirstname() . ' ' . $customer->getLastname()));
            foreach ($this->settings->copies($notice['kind'], $storeId) as $address) {
                $this->transports->addBcc($address);
            }
            $this->transports->getTransport()->sendMessage();
        } finally {
            $this->inlineTranslation->resume();
            $this->emulation->stopEnvironmentEmulation();
        }
    }
}
