<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Framework\DB\Adapter\AdapterInterface;
use Magento\Framework\Math\Random;

/**
 * What the sidecar has yet to hear. Rows are written in the transaction of what they tell, so that neither is without the other.
 * They only name what changed: the sidecar reads how it is.
 */
class Outbox
{
    private const TABLE = 'loyalty_outbox';
    private const MAX_ERROR = 255;

    public function __construct(
        private readonly ResourceConnection $resource,
        private readonly Random $random,
        private readonly OutboxQueue $queue,
    ) {
    }

    /** A message that still waits says the same, so there is no second one. */
    public function record(string $type, int $entityId, int $scope): void
    {
        $connection = $this->connection();
        $waiting = $connection->select()->from($this->table(), ['message_id'])
            ->where('entity_id = ?', $entityId)->where('type = ?', $type)->where('website_id = ?', $scope)->where('status = ?', 'pending')->limit(1);
        if ($connection->fetchOne($waiting) !== false) {
            return;
        }
        $now = gmdate('Y-m-d H:i:s');
        $connection->insert($this->table(), [
            'event_id' => 'msg_' . $this->random->getUniqueHash(),
            'type' => $type,
            'entity_id' => $entityId,
            'website_id' => $scope,
            'occurred_at' => $now,
            'next_attempt_at' => $now,
        ]);
        $this->queue->wake();
    }

    /**
     * Takes messages to one sidecar that are due, oldest first. A claim that outlives its time is due again.
     *
     * @return array<int, array<string, mixed>> rows
     */
    public function claim(int $scope, int $limit, int $seconds): array
    {
        $connection = $this->connection();
        $now = gmdate('Y-m-d H:i:s');
        $connection->beginTransaction();
        try {
            $due = $connection->select()->from($this->table())
                ->where('website_id = ?', $scope)->where('status IN (?)', ['pending', 'sending'])->where('next_attempt_at <= ?', $now)
                ->order('message_id')->limit($limit)->forUpdate();
            $rows = $connection->fetchAll($due);
            $ids = array_column($rows, 'message_id');
            if ($ids !== []) {
                $until = gmdate('Y-m-d H:i:s', time() + $seconds);
                $claim = ['status' => 'sending', 'next_attempt_at' => $until];
                $connection->update($this->table(), $claim, ['message_id IN (?)' => $ids]);
            }
            $connection->commit();
        } catch (\Exception $error) {
            $connection->rollBack();
            throw $error;
        }

        return $rows;
    }

    public function sent(int $messageId): void
    {
        $this->connection()->delete($this->table(), ['message_id = ?' => $messageId]);
    }

    /** The message waits as before. */
    public function release(int $messageId, ?string $error = null): void
    {
        $waiting = ['status' => 'pending', 'next_attempt_at' => gmdate('Y-m-d H:i:s')];
        $this->update($messageId, $waiting + ($error === null ? [] : ['last_error' => mb_substr($error, 0, self::MAX_ERROR)]));
    }

    /** @param int|null $waitSeconds null = give up, until somebody replays it */
    public function failed(int $messageId, int $attempts, string $error, ?int $waitSeconds): void
    {
        $this->update($messageId, [
            'status' => $waitSeconds === null ? 'dead' : 'pending',
            'attempts' => $attempts,
            'next_attempt_at' => gmdate('Y-m-d H:i:s', time() + (int) $waitSeconds),
            'last_error' => mb_substr($error, 0, self::MAX_ERROR),
        ]);
    }

    /**
     * Gives messages that were given up their tries back.
     *
     * @param int[]|null $messageIds null = all of them
     * @return int how many
     */
    public function replay(?array $messageIds = null): int
    {
        $due = ['status' => 'pending', 'attempts' => 0, 'next_attempt_at' => gmdate('Y-m-d H:i:s')];
        $which = ['status = ?' => 'dead'] + ($messageIds === null ? [] : ['message_id IN (?)' => $messageIds === [] ? [0] : $messageIds]);

        return (int) $this->connection()->update($this->table(), $due, $which);
    }

    /** There is nobody any more to tell. */
    public function forget(int $scope): void
    {
        $this->connection()->delete($this->table(), ['website_id = ?' => $scope]);
    }

    /** @return array{waiting: int, dead: int} */
    public function counts(): array
    {
        $select = $this->connection()->select()->from($this->table(), ['status', 'count' => new \Zend_Db_Expr('COUNT(*)')])->group('status');
        $counts = $this->connection()->fetchPairs($select);
        $dead = (int) ($counts['dead'] ?? 0);

        return ['waiting' => (int) array_sum($counts) - $dead, 'dead' => $dead];
    }

    /** @param array<string, mixed> $values */
    private function update(int $messageId, array $values): void
    {
        $this->connection()->update($this->table(), $values, ['message_id = ?' => $messageId]);
    }

    private function connection(): AdapterInterface
    {
        return $this->resource->getConnection();
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
