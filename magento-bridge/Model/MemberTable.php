<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;

/** What the sidecar says of each customer, by {@see ProgrammeScope}. */
class MemberTable
{
    private const TABLE = 'loyalty_member';

    /** @var array<int, array<int, array<string, mixed>|null>> by scope and customer */
    private array $known = [];

    public function __construct(private readonly ResourceConnection $resource, private readonly OpenCarts $carts)
    {
    }

    /**
     * @param int $customerId 0 = a guest
     * @return array<string, mixed>|null the row, read once a request
     */
    public function find(int $customerId, int $scope): ?array
    {
        if ($customerId < 1) {
            return null;
        }
        if (!array_key_exists($customerId, $this->known[$scope] ?? [])) {
            $connection = $this->resource->getConnection();
            $select = $connection->select()->from($this->table())->where('customer_id = ?', $customerId)->where('website_id = ?', $scope);
            $this->known[$scope][$customerId] = $connection->fetchRow($select) ?: null;
        }

        return $this->known[$scope][$customerId];
    }

    /**
     * What a cart may spend. Points held for an order under way count: they may be held for this very cart, and whether
     * they are, the sidecar says when the order is placed. Who has yet to accept the terms spends none, and a
     * company may let its buyers spend less in one order.
     *
     * @param array<string, mixed> $member
     */
    public static function spendable(array $member): int
    {
        $points = (int) $member['available_points'] + (int) $member['held_points'];
        if ((self::details($member, 'terms')['isBlocked'] ?? false) === true) {
            return 0;
        }
        $limit = self::details($member, 'company')['redeemLimit'] ?? null;

        return is_int($limit) ? min($points, max(0, $limit)) : $points;
    }

    /**
     * One of the things that pages show besides balance and tier.
     *
     * @param array<string, mixed>|null $member
     * @return array<int|string, mixed> empty where the sidecar says nothing of it
     */
    public static function details(?array $member, string $name): array
    {
        $text = $member['details'] ?? null;
        $details = is_string($text) ? json_decode($text, true) : null;

        return is_array($details) && is_array($details[$name] ?? null) ? $details[$name] : [];
    }

    /**
     * What a customer's recommendations came to.
     *
     * @param array<string, mixed>|null $member
     * @return array{rewarded: int, pending: int, points: int}
     */
    public static function referrals(?array $member): array
    {
        $figures = self::details($member, 'referrals');
        $count = static fn (mixed $figure): int => is_numeric($figure) ? max(0, (int) $figure) : 0;

        return [
            'rewarded' => $count($member['rewarded_referrals'] ?? null),
            'pending' => $count($figures['pending'] ?? null),
            'points' => $count($figures['points'] ?? null),
        ];
    }

    /**
     * @param array<string, mixed>|null $member
     * @return string[] keys of the prices of contracts the customer buys at, the one that counts first
     */
    public static function priceKeys(?array $member): array
    {
        return array_values(array_filter(self::details($member, 'price_keys'), 'is_string'));
    }

    /**
     * @param array<string, int|string|null> $row
     * @return string ok, stale (there is a newer one) or unknown_customer
     */
    public function replace(int $scope, array $row): string
    {
        $connection = $this->resource->getConnection();
        $customerId = (int) $row['customer_id'];
        $row['website_id'] = $scope;
        $this->known = [];
        $customers = $connection->select()->from($this->resource->getTableName('customer_entity'), ['entity_id'])->where('entity_id = ?', $customerId);
        if ($connection->fetchOne($customers) === false) {
            return 'unknown_customer';
        }
        $present = $connection->select()->from($this->table(), ['version'])->where('customer_id = ?', $customerId)->where('website_id = ?', $scope);
        $version = $connection->fetchOne($present);
        if ($version === false) {
            $connection->insertOnDuplicate($this->table(), $row, array_keys($row));
            $this->carts->recollectOf($customerId);

            return 'ok';
        }
        if ((int) $version > (int) $row['version']) {
            return 'stale';
        }
        // Guarded again: another push may have come in between.
        $which = ['customer_id = ?' => $customerId, 'website_id = ?' => $scope, 'version <= ?' => $row['version']];
        $connection->update($this->table(), $row, $which);
        $this->carts->recollectOf($customerId);

        return 'ok';
    }

    public function remove(int $scope, int $customerId): string
    {
        $this->known = [];
        $this->resource->getConnection()->delete($this->table(), ['customer_id = ?' => $customerId, 'website_id = ?' => $scope]);
        $this->carts->recollectOf($customerId);

        return 'ok';
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
