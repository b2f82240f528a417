<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Reads what the sidecar says of a customer, field by field. */
class MemberRow
{
    private const NUMBERS = ['available_points', 'pending_points', 'debt_points', 'version'];
    private const OPTIONAL_NUMBERS = ['next_tier_missing', 'expiring_points'];
    private const OPTIONAL_TEXTS = ['tier', 'next_tier', 'referral_code'];
    private const MAX_TEXT = 64;

    /**
     * @param array<string, mixed> $member
     * @return array<string, int|string|null> a row of the table
     * @throws WrongField
     */
    public function read(array $member): array
    {
        $row = ['customer_id' => $this->customerId($member)];
        foreach (self::NUMBERS as $field) {
            $row[$field] = $this->number($member, $field) ?? throw new WrongField($field, 'must be a whole number from 0');
        }
        foreach (self::OPTIONAL_NUMBERS as $field) {
            $row[$field] = $this->number($member, $field);
        }
        foreach (self::OPTIONAL_TEXTS as $field) {
            $row[$field] = $this->text($member, $field);
        }
        $row['expiring_at'] = $this->time($member, 'expiring_at');

        return $row;
    }

    /**
     * @param array<string, mixed> $member
     * @throws WrongField
     */
    public function customerId(array $member): int
    {
        $id = $this->number($member, 'customer_id');

        return $id !== null && $id > 0 ? $id : throw new WrongField('customer_id', 'must be the id of a customer');
    }

    /** @param array<string, mixed> $member */
    private function number(array $member, string $field): ?int
    {
        $value = $member[$field] ?? null;
        if ($value !== null && (!is_int($value) || $value < 0)) {
            throw new WrongField($field, 'must be a whole number from 0');
        }

        return $value;
    }

    /** @param array<string, mixed> $member */
    private function text(array $member, string $field): ?string
    {
        $value = $member[$field] ?? null;
        if ($value !== null && (!is_string($value) || $value === '' || strlen($value) > self::MAX_TEXT)) {
            throw new WrongField($field, 'must be a text of at most 64 characters');
        }

        return $value;
    }

    /** @param array<string, mixed> $member */
    private function time(array $member, string $field): ?string
    {
        $value = $member[$field] ?? null;
        if ($value === null) {
            return null;
        }
        $time = is_string($value) ? \DateTimeImmutable::createFromFormat('!Y-m-d\TH:i:s.v\Z', $value, new \DateTimeZone('UTC')) : false;
        if ($time === false) {
            throw new WrongField($field, 'must be a time like 2026-01-31T10:00:00.000Z');
        }

        return $time->format('Y-m-d H:i:s');
    }
}
