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

    public function __construct(private readonly ResourceConnection $resource, private readonly Json $json)
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
        if ($terms === null) {
            $connection->delete($this->table(), ['website_id = ?' => $scope]);

            return;
        }
        $row = ['website_id' => $scope, 'terms' => $this->json->serialize($terms)];
        $connection->insertOnDuplicate($this->table(), $row, ['terms']);
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
