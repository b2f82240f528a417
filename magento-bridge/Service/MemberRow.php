<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Reads what the sidecar says of a customer, field by field. */
class MemberRow
{
    private const NUMBERS = ['available_points', 'pending_points', 'debt_points', 'held_points', 'rewarded_referrals', 'version'];
    private const OPTIONAL_NUMBERS = ['next_tier_missing', 'expiring_points'];
    private const OPTIONAL_TEXTS = ['tier', 'next_tier', 'referral_code', 'spent_intent'];
    private const MAX_TEXT = 64;
    private const MAX_HISTORY = 50;
    private const MAX_LANGUAGES = 5;
    private const MAX_SENTENCES = 3;
    private const MAX_RULES = 500;
    /** Bytes; a text column holds a little more. */
    private const MAX_DETAILS = 60_000;

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
        $row['given_gifts'] = $this->givenGifts($member);
        $row['segments'] = $this->segments($member);
        // Unescaped: sentences in other scripts would take three times the room.
        $row['history'] = json_encode($this->history($member), JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
        $row['details'] = $this->details($member);

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

    /**
     * @param array<string, mixed> $member
     * @return array<int, array{at: string, kind: string, points: int, released: int, order: string|null, why?: array<string, string[]>}> newest first
     */
    private function history(array $member): array
    {
        $lines = $member['history'] ?? null;
        if (!is_array($lines) || !array_is_list($lines) || count($lines) > self::MAX_HISTORY) {
            throw new WrongField('history', 'must be a list of at most 50 changes');
        }

        return array_map(function (mixed $line): array {
            $line = is_array($line) ? $line : [];
            $read = [
                'at' => $line['at'] ?? null,
                'kind' => $line['kind'] ?? null,
                'points' => $line['points'] ?? null,
                'released' => $line['released'] ?? null,
                'order' => $line['order'] ?? null,
            ];
            $isGood = is_string($read['at']) && is_string($read['kind']) && is_int($read['points']) && is_int($read['released'])
                && ($read['order'] === null || is_string($read['order']));

            $why = $this->why($line['why'] ?? null);

            return $isGood ? $read + ($why === [] ? [] : ['why' => $why]) : throw new WrongField('history', 'has a change without time, kind or points');
        }, $lines);
    }

    /** @return array<string, string[]> sentences by language; what is none is not kept */
    private function why(mixed $given): array
    {
        $languages = array_slice(is_array($given) ? $given : [], 0, self::MAX_LANGUAGES, true);
        $read = array_map(static fn (mixed $said): array => array_slice(array_values(array_filter((array) $said, 'is_string')), 0, self::MAX_SENTENCES), $languages);

        return array_filter($read, static fn (array $said, int|string $language): bool => $said !== [] && is_string($language), ARRAY_FILTER_USE_BOTH);
    }

    /**
     * @param array<string, mixed> $member
     * @return string|null JSON `{ <code of a rule>: <units> }`
     */
    private function givenGifts(array $member): ?string
    {
        $given = $member['given_gifts'] ?? null;
        if ($given === null) {
            return null;
        }
        $isGood = is_array($given) && count($given) <= self::MAX_RULES
            && array_filter($given, static fn (mixed $units): bool => !is_int($units) || $units < 0) === [];

        return $isGood ? json_encode($given, JSON_THROW_ON_ERROR) : throw new WrongField('given_gifts', 'must be whole numbers by rule');
    }

    /**
     * @param array<string, mixed> $member
     * @return string|null JSON list of codes
     */
    private function segments(array $member): ?string
    {
        $codes = $member['segments'] ?? null;
        if ($codes === null) {
            return null;
        }
        $isGood = is_array($codes) && array_is_list($codes) && count($codes) <= self::MAX_RULES && array_filter($codes, 'is_string') === $codes;

        return $isGood ? json_encode($codes, JSON_THROW_ON_ERROR) : throw new WrongField('segments', 'must be a list of codes');
    }

    /**
     * @param array<string, mixed> $member
     * @return string|null JSON by name; pages know the names they show
     */
    private function details(array $member): ?string
    {
        $details = $member['details'] ?? null;
        if ($details === null || $details === []) {
            return null;
        }
        $json = is_array($details) && !array_is_list($details) ? json_encode($details, JSON_THROW_ON_ERROR) : '';

        return $json !== '' && strlen($json) <= self::MAX_DETAILS ? $json : throw new WrongField('details', 'must be fields by name, at most 60000 bytes');
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
