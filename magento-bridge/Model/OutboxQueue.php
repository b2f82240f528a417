<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Framework\MessageQueue\PublisherInterface;
use Magento\Framework\Model\CallbackPool;
use Psr\Log\LoggerInterface;

/** Has the shop's message queue send what waits, at once instead of at cron's next minute. */
class OutboxQueue
{
    private const TOPIC = 'loyalty.outbox';

    public function __construct(
        private readonly PublisherInterface $publisher,
        private readonly ResourceConnection $resource,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** After the transaction that is under way: a consumer is quicker than a commit. */
    public function wake(): void
    {
        $connection = $this->resource->getConnection();
        if ($connection->getTransactionLevel() === 0) {
            $this->publish();

            return;
        }
        CallbackPool::attach(spl_object_hash($connection), $this->publish(...));
    }

    private function publish(): void
    {
        try {
            $this->publisher->publish(self::TOPIC, 'due');
        } catch (\Throwable $error) {
            // Without a queue, cron sends it.
            $this->logger->info('Loyalty: the message queue was not woken', ['error' => $error->getMessage()]);
        }
    }
}
