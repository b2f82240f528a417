<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Reads what the sidecar says of a customer's company; whatever is not as agreed is left out. */
class CompanyAnswer
{
    private const ROLES = ['buyer', 'approver', 'admin'];
    private const LIMITS = ['pointsPerOrder', 'pointsPerMonth', 'approvalAbove'];

    /**
     * @return array{
     *     name: string,
     *     role: string,
     *     pool: array{available: int, pending: int}|null,
     *     buyers: array<int, array{customerId: int, isSelf: bool, role: string, limits: array<string, int>|null}>,
     *     requests: array<int, array{id: string, customerId: int, isOwn: bool, points: int, requestedAt: string, expiresAt: string}>
     * }|null null = they buy for none; a customer 0 has no account in this shop; limits that are not there are none
     */
    public function read(mixed $company): ?array
    {
        if (!is_array($company) || !is_string($company['name'] ?? null)) {
            return null;
        }
        $pool = $company['pool'] ?? null;

        return [
            'name' => $company['name'],
            'role' => $this->role($company['role'] ?? null),
            'pool' => is_array($pool) ? ['available' => $this->count($pool['available'] ?? null), 'pending' => $this->count($pool['pending'] ?? null)] : null,
            'buyers' => array_map($this->buyer(...), $this->rows($company['buyers'] ?? null)),
            'requests' => array_values(array_filter(array_map($this->request(...), $this->rows($company['requests'] ?? null)))),
        ];
    }

    /**
     * @param array<string, mixed> $row
     * @return array{customerId: int, isSelf: bool, role: string, limits: array<string, int>|null}
     */
    private function buyer(array $row): array
    {
        $limits = $row['limits'] ?? null;

        return [
            'customerId' => $this->customer($row),
            'isSelf' => ($row['isSelf'] ?? false) === true,
            'role' => $this->role($row['role'] ?? null),
            'limits' => is_array($limits) ? array_filter(array_intersect_key($limits, array_flip(self::LIMITS)), 'is_int') : null,
        ];
    }

    /**
     * @param array<string, mixed> $row
     * @return array{id: string, customerId: int, isOwn: bool, points: int, requestedAt: string, expiresAt: string}|null
     */
    private function request(array $row): ?array
    {
        foreach (['approvalId', 'requestedAt', 'expiresAt'] as $field) {
            if (!is_string($row[$field] ?? null) || $row[$field] === '') {
                return null;
            }
        }

        return [
            'id' => $row['approvalId'],
            'customerId' => $this->customer($row),
            'isOwn' => ($row['isOwn'] ?? false) === true,
            'points' => $this->count($row['points'] ?? null),
            'requestedAt' => $row['requestedAt'],
            'expiresAt' => $row['expiresAt'],
        ];
    }

    /** @return array<int, array<string, mixed>> */
    private function rows(mixed $list): array
    {
        return is_array($list) ? array_values(array_filter($list, 'is_array')) : [];
    }

    private function role(mixed $role): string
    {
        return in_array($role, self::ROLES, true) ? $role : 'buyer';
    }

    private function count(mixed $points): int
    {
        return is_int($points) ? max(0, $points) : 0;
    }

    /** @param array<string, mixed> $row */
    private function customer(array $row): int
    {
        $id = $row['customerId'] ?? null;

        return is_string($id) && ctype_digit($id) ? (int) $id : 0;
    }
}
