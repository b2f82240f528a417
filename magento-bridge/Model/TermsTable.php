<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\Terms;
use Magento\Framework\App\ResourceConnection;
use Magento\Framework\Serialize\Serializer\Json;

/** The programmes, one a {@see ProgrammeScope}. */
class TermsTable
{
    private const TABLE = 'loyalty_terms';

    /** @var array<int, Terms> */
    private array $known = [];

    public function __construct(private readonly ResourceConnection $resource, private readonly Json $json, private readonly CachedPages $pages)
    {
    }

    /** Read once a request. */
    public function find(int $scope): Terms
    {
        if (!isset($this->known[$scope])) {
            $connection = $this->resource->getConnection();
            $text = $connection->fetchOne($connection->select()->from($this->table(), ['terms'])->where('website_id = ?', $scope));
            $this->known[$scope] = new Terms($text === false ? [] : (array) $this->json->unserialize($text));
        }

        return $this->known[$scope];
    }

    /** @param array<string, mixed>|null $terms */
    public function replace(int $scope, ?array $terms): void
    {
        $connection = $this->resource->getConnection();
        unset($this->known[$scope]);
        // Both say how many rows became others: what is written once more as it was leaves the pages alone.
        $changed = $terms === null
            ? $connection->delete($this->table(), ['website_id = ?' => $scope])
            : $connection->insertOnDuplicate($this->table(), ['website_id' => $scope, 'terms' => $this->json->serialize($terms)], ['terms']);
        if ($changed > 0) {
            $this->pages->forgetProgramme();
        }
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
