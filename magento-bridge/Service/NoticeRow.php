<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Reads what the sidecar says of a happening, field by field. */
class NoticeRow
{
    private const ID = '/^[\x21-\x7e]{1,64}$/';
    private const MAX_TEXT = 2000;
    private const PURPOSES = ['transactional', 'marketing'];

    /**
     * @param array<string, mixed> $notice
     * @return array{notice_id: string, kind: string, customer_id: int, occurred_at: string, figures: array<string, int|string>, purpose: string, consent: bool}
     * @throws WrongField
     */
    public function read(array $notice): array
    {
        $id = $notice['notice_id'] ?? null;
        if (!is_string($id) || preg_match(self::ID, $id) !== 1) {
            throw new WrongField('notice_id', 'must be 1 to 64 characters');
        }
        $kind = $notice['kind'] ?? null;
        if (!is_string($kind) || !isset(NoticeKinds::FIGURES[$kind])) {
            throw new WrongField('kind', 'is not known to this version of the module');
        }
        $customerId = $notice['customer_id'] ?? null;
        if (!is_int($customerId) || $customerId < 1) {
            throw new WrongField('customer_id', 'must be the id of a customer');
        }
        if (!in_array($notice['purpose'] ?? null, self::PURPOSES, true)) {
            throw new WrongField('purpose', 'must be transactional or marketing');
        }
        if (!is_bool($notice['consent'] ?? null)) {
            throw new WrongField('consent', 'must be true or false');
        }

        return [
            'notice_id' => $id,
            'kind' => $kind,
            'customer_id' => $customerId,
            'occurred_at' => $this->instant('occurred_at', $notice['occurred_at'] ?? null),
            'figures' => $this->figures($kind, $notice['figures'] ?? null),
            'purpose' => $notice['purpose'],
            'consent' => $notice['consent'],
        ];
    }

    /** @return array<string, int|string> those of the kind; a newer sidecar may say more, which nobody here would show */
    private function figures(string $kind, mixed $given): array
    {
        if (!is_array($given)) {
            throw new WrongField('figures', 'must be values by name');
        }
        $read = [];
        foreach ([...NoticeKinds::FIGURES[$kind], NoticeKinds::LINK => 'text?'] as $name => $form) {
            $field = 'figures.' . $name;
            $value = $given[$name] ?? null;
            if ($value === null && str_ends_with($form, '?')) {
                continue;
            }
            $read[$name] = match (rtrim($form, '?')) {
                'count' => is_int($value) && $value >= 0 ? $value : throw new WrongField($field, 'must be a whole number from 0'),
                'instant' => $this->instant($field, $value),
                default => is_string($value) && $value !== '' && strlen($value) <= self::MAX_TEXT
                    ? $value
                    : throw new WrongField($field, 'must be a text of at most 2000 bytes'),
            };
        }
        foreach (['url', NoticeKinds::LINK] as $name) {
            if (isset($read[$name]) && preg_match('#^https?://[^\s"<>]+$#', (string) $read[$name]) !== 1) {
                throw new WrongField('figures.' . $name, 'must be an address of the web');
            }
        }

        return $read;
    }

    private function instant(string $field, mixed $value): string
    {
        $time = is_string($value) ? \DateTimeImmutable::createFromFormat('!Y-m-d\TH:i:s.v\Z', $value, new \DateTimeZone('UTC')) : false;

        return $time === false ? throw new WrongField($field, 'must be a time like 2026-01-31T10:00:00.000Z') : $value;
    }
}
