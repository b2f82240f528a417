<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Framework\App\ResourceConnection;

/** Tables in memory, and the few statements that the module makes of them. */
final class FakeDatabase extends ResourceConnection
{
    /** @var array<string, array<int, array<string, mixed>>> rows by table */
    public array $rows = [];
    public int $reads = 0;
    /** @var array<string, array<int, array<string, mixed>>>|null */
    private ?array $before = null;

    /** @param array<string, string[]> $keys primary keys by table */
    public function __construct(private readonly array $keys)
    {
    }

    public function getConnection(): self
    {
        return $this;
    }

    public function getTableName(string $name): string
    {
        return $name;
    }

    public function select(): FakeSelect
    {
        return new FakeSelect();
    }

    /**
     * @param string[] $columns
     * @param array<int, array<string, mixed>> $rows
     */
    public function insertArray(string $table, array $columns, array $rows, int $strategy): int
    {
        $inserted = 0;
        foreach ($rows as $row) {
            if (!$this->isThere($table, $row)) {
                $this->rows[$table][] = array_combine($columns, $row);
                $inserted++;
            }
        }

        return $inserted;
    }

    /** @param array<int, array<string, mixed>> $rows */
    public function insertMultiple(string $table, array $rows): int
    {
        foreach ($rows as $row) {
            if ($this->isThere($table, $row)) {
                throw new \RuntimeException('Duplicate entry');
            }
            $this->rows[$table][] = $row;
        }

        return count($rows);
    }

    /**
     * @param array<string, mixed> $row
     * @param string[] $columns that are written over
     * @return int as MySQL counts: 1 came, 2 changed, 0 was so already
     */
    public function insertOnDuplicate(string $table, array $row, array $columns): int
    {
        if (!$this->isThere($table, $row)) {
            return $this->insertMultiple($table, [$row]);
        }
        $where = [];
        foreach ($this->keys[$table] as $key) {
            $where["{$key} = ?"] = $row[$key];
        }
        $values = array_intersect_key($row, array_flip($columns));
        foreach ($this->rows[$table] as $known) {
            if ($this->fits($known, $where) && array_intersect_key($known, $values) === $values) {
                return 0;
            }
        }

        return 2 * $this->update($table, $values, $where);
    }

    /**
     * @param array<string, mixed> $values
     * @param array<string, mixed> $where
     */
    public function update(string $table, array $values, array $where): int
    {
        $updated = 0;
        foreach ($this->rows[$table] ?? [] as $index => $row) {
            if ($this->fits($row, $where)) {
                $this->rows[$table][$index] = [...$row, ...$values];
                $updated++;
            }
        }

        return $updated;
    }

    /** @param array<string, mixed> $where */
    public function delete(string $table, array $where): int
    {
        $all = $this->rows[$table] ?? [];
        $this->rows[$table] = array_values(array_filter($all, fn (array $row): bool => !$this->fits($row, $where)));

        return count($all) - count($this->rows[$table]);
    }

    /** @return array<int, array<string, mixed>> numbers are text, as a database's driver gives them */
    public function fetchAll(FakeSelect $select): array
    {
        $this->reads++;
        $found = array_values(array_filter($this->rows[$select->table] ?? [], fn (array $row): bool => $this->fits($row, $select->where)));
        if ($select->order !== null) {
            usort($found, static fn (array $a, array $b): int => $a[$select->order] <=> $b[$select->order]);
        }

        return array_map(static fn (array $row): array => array_map('strval', array_intersect_key($row, array_flip($select->columns))), $found);
    }

    public function fetchOne(FakeSelect $select): string|false
    {
        $row = $this->fetchAll($select)[0] ?? null;

        return $row === null ? false : reset($row);
    }

    public function beginTransaction(): void
    {
        $this->before = $this->rows;
    }

    public function commit(): void
    {
        $this->before = null;
    }

    public function rollBack(): void
    {
        $this->rows = $this->before ?? throw new \LogicException('There is no transaction.');
        $this->before = null;
    }

    /** @param array<string, mixed> $row */
    private function isThere(string $table, array $row): bool
    {
        $key = fn (array $one): array => array_map(static fn (string $column): string => (string) $one[$column], $this->keys[$table]);
        foreach ($this->rows[$table] ?? [] as $known) {
            if ($key($known) === $key($row)) {
                return true;
            }
        }

        return false;
    }

    /**
     * @param array<string, mixed> $row
     * @param array<string, mixed> $where
     */
    private function fits(array $row, array $where): bool
    {
        foreach ($where as $condition => $value) {
            if (preg_match('/^(\w+) (=|<|IN) \(?\?\)?$/D', $condition, $parts) !== 1) {
                throw new \LogicException("This database does not know: {$condition}");
            }
            $is = (string) $row[$parts[1]];
            $isFit = match ($parts[2]) {
                '=' => $is === (string) $value,
                '<' => $is < (string) $value,
                default => in_array($is, array_map('strval', (array) $value), true),
            };
            if (!$isFit) {
                return false;
            }
        }

        return true;
    }
}
