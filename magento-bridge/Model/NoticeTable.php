<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Framework\DB\Adapter\AdapterInterface;

/** What was told to whom, so that nothing is told twice. */
class NoticeTable
{
    private const TABLE = 'loyalty_notice';
    private const SENDING = 'sending';
    private const KEEP_DAYS = 90;
    /** A process that took longer than this has died. */
    private const CLAIM_SECONDS = 900;

    public function __construct(private readonly ResourceConnection $resource)
    {
    }

    /**
     * Takes a notice for oneself.
     *
     * @return string|null null = it is ours; else what became of it: `sending` by another process, or how it ended
     */
    public function claim(string $noticeId, int $customerId): ?string
    {
        $connection = $this->resource->getConnection();
        $key = ['notice_id' => $noticeId, 'customer_id' => $customerId];
        $row = [...$key, 'status' => self::SENDING, 'told_at' => $this->time(0)];
        if ($connection->insertArray($this->table(), array_keys($row), [$row], AdapterInterface::INSERT_IGNORE) === 1) {
            return null;
        }
        $where = ['notice_id = ?' => $noticeId, 'customer_id = ?' => $customerId];
        $lost = [...$where, 'status = ?' => self::SENDING, 'told_at < ?' => $this->time(-self::CLAIM_SECONDS)];
        if ($connection->update($this->table(), ['told_at' => $this->time(0)], $lost) === 1) {
            return null;
        }
        $select = $connection->select()->from($this->table(), ['status']);
        foreach ($where as $condition => $value) {
            $select->where($condition, $value);
        }

        return (string) $connection->fetchOne($select);
    }

    public function isSending(string $status): bool
    {
        return $status === self::SENDING;
    }

    public function settle(string $noticeId, int $customerId, string $status): void
    {
        $where = ['notice_id = ?' => $noticeId, 'customer_id = ?' => $customerId];
        $this->resource->getConnection()->update($this->table(), ['status' => $status, 'told_at' => $this->time(0)], $where);
    }

    /** It can be told anew. */
    public function release(string $noticeId, int $customerId): void
    {
        $this->resource->getConnection()->delete($this->table(), ['notice_id = ?' => $noticeId, 'customer_id = ?' => $customerId]);
    }

    /** Forgets what nobody will repeat any more. */
    public function purge(): void
    {
        $this->resource->getConnection()->delete($this->table(), ['told_at < ?' => $this->time(-self::KEEP_DAYS * 86400)]);
    }

    private function time(int $seconds): string
    {
        return gmdate('Y-m-d H:i:s', time() + $seconds);
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
