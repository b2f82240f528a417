<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\NoticesInterface;
use Loyalty\Sidecar\Service\NoticeRow;
use Loyalty\Sidecar\Service\WrongField;
use Magento\Customer\Api\CustomerRepositoryInterface;
use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\Event\ManagerInterface;
use Magento\Framework\Exception\InputException;
use Magento\Framework\Exception\NoSuchEntityException;
use Magento\Store\Model\StoreManagerInterface;
use Psr\Log\LoggerInterface;

class Notices implements NoticesInterface
{
    private const MAX_ROWS = 100;
    private const EVENT = 'loyalty_notice';

    public function __construct(
        private readonly ProgrammeScope $scope,
        private readonly NoticeRow $reader,
        private readonly NoticeTable $table,
        private readonly NoticeMail $mail,
        private readonly MailSettings $settings,
        private readonly CustomerRepositoryInterface $customers,
        private readonly StoreManagerInterface $stores,
        private readonly ManagerInterface $events,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function tell(string $shopId, $notices): array
    {
        $scope = $this->scope->ofShop($shopId) ?? throw new InputException(__('shopId must be that of a shop which is paired here.'));
        if (!is_array($notices) || !array_is_list($notices) || count($notices) > self::MAX_ROWS) {
            throw new InputException(__('%1 must be a list of at most %2.', 'notices', self::MAX_ROWS));
        }

        return array_map(fn (mixed $notice): array => $this->tellOne($scope, is_array($notice) ? $notice : []), $notices);
    }

    /**
     * @param array<string, mixed> $notice
     * @return array{notice_id: string, status: string, message: string|null}
     */
    private function tellOne(int $scope, array $notice): array
    {
        $noticeId = is_string($notice['notice_id'] ?? null) ? $notice['notice_id'] : '';
        $answer = static fn (string $status, ?string $message = null): array => ['notice_id' => $noticeId, 'status' => $status, 'message' => $message];
        try {
            $read = $this->reader->read($notice);
        } catch (WrongField $error) {
            return $answer('error', $error->getMessage());
        }
        $known = $this->table->claim($noticeId, $read['customer_id']);
        if ($known !== null) {
            return $this->table->isSending($known) ? $answer('failed', 'another process is sending it') : $answer('repeated');
        }
        try {
            $status = $this->mailOne($scope, $read);
        } catch (\Throwable $error) {
            $this->table->release($noticeId, $read['customer_id']);
            $this->logger->error('A loyalty mail could not be sent.', ['notice' => $noticeId, 'kind' => $read['kind'], 'exception' => $error]);

            return $answer('failed', 'the mail could not be sent; the log of the shop says why');
        }
        $this->table->settle($noticeId, $read['customer_id'], $status);
        $this->dispatch($read, $status);

        return $answer($status);
    }

    /**
     * @param array<string, mixed> $notice
     * @throws \Throwable whatever keeps the mail from going out
     */
    private function mailOne(int $scope, array $notice): string
    {
        $customer = $this->customer($notice['customer_id']);
        if ($customer === null) {
            return 'unknown_customer';
        }
        $storeId = $this->storeOf($customer);
        if (!$this->settings->isSent($notice['kind'], $storeId)) {
            return 'disabled';
        }
        if (!$notice['consent']) {
            return 'no_consent';
        }
        $this->mail->send($notice, $customer, $storeId, $scope);

        return 'sent';
    }

    private function customer(int $customerId): ?CustomerInterface
    {
        try {
            return $this->customers->getById($customerId);
        } catch (NoSuchEntityException) {
            return null;
        }
    }

    /** Whoever was entered by staff, or whose store view is gone, is written to as the website does. */
    private function storeOf(CustomerInterface $customer): int
    {
        $storeId = (int) $customer->getStoreId();
        try {
            if ($storeId > 0 && $this->stores->getStore($storeId)->isActive()) {
                return $storeId;
            }
        } catch (NoSuchEntityException) {
            // It was removed.
        }
        $website = $this->stores->getWebsite((int) $customer->getWebsiteId() ?: null);

        return (int) ($website->getDefaultStore() ?: $this->stores->getDefaultStoreView())->getId();
    }

    /**
     * What other modules do with it is theirs: it neither stops the mail nor repeats it.
     *
     * @param array<string, mixed> $notice
     */
    private function dispatch(array $notice, string $status): void
    {
        try {
            $this->events->dispatch(self::EVENT, ['notice' => $notice, 'mail' => $status]);
        } catch (\Throwable $error) {
            $this->logger->error('An observer of loyalty_notice failed.', ['notice' => $notice['notice_id'], 'exception' => $error]);
        }
    }
}
