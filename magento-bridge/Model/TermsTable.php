<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Framework\Serialize\Serializer\Json;

/** The programme as carts and pages read it. */
class TermsTable
{
    private const TABLE = 'loyalty_terms';
    private const ID = 1;

    /** @var array<string, mixed>|null|false false = not read yet */
    private array|null|false $known = false;

    public function __construct(private readonly ResourceConnection $resource, private readonly Json $json)
    {
    }

    /** @return array<string, mixed>|null the programme, read once a request; null = there is none */
    public function find(): ?array
    {
        if ($this->known === false) {
            $connection = $this->resource->getConnection();
            $text = $connection->fetchOne($connection->select()->from($this->table(), ['terms'])->where('terms_id = ?', self::ID));
            $this->known = $text === false ? null : (array) $this->json->unserialize($text);
        }

        return $this->known;
    }

    /** An amount of money in minor units, as the programme counts them. */
    public function minor(float $amount, string $currency): int
    {
        return max(0, (int) round($amount * $this->unit($currency)));
    }

    /** How many minor units make one unit of a currency. */
    public function unit(string $currency): int
    {
        return max(1, (int) ($this->find()['minorUnits'][$currency] ?? 100));
    }

    /** @return array<int, array{code: string, name: string, threshold: int}> lowest first */
    public function tiers(): array
    {
        $tiers = $this->find()['tiers'] ?? [];

        return is_array($tiers) ? $tiers : [];
    }

    /** What people call a tier; its code when the programme no longer has it. */
    public function tierName(string $code): string
    {
        return (string) (array_column($this->tiers(), 'name', 'code')[$code] ?? $code);
    }

    /** @param array<string, mixed>|null $terms */
    public function replace(?array $terms): void
    {
        $connection = $this->resource->getConnection();
        $this->known = false;
        if ($terms === null) {
            $connection->delete($this->table(), ['terms_id = ?' => self::ID]);

            return;
        }
        $row = ['terms_id' => self::ID, 'terms' => $this->json->serialize($terms)];
        $connection->insertOnDuplicate($this->table(), $row, ['terms']);
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
