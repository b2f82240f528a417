<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

/** A query of one table. */
final class FakeSelect
{
    public string $table = '';
    /** @var array<string, mixed> by condition */
    public array $where = [];
    public ?string $order = null;
    /** @var string[] */
    public array $columns = [];

    /** @param string[] $columns */
    public function from(string $table, array $columns): self
    {
        $this->table = $table;
        $this->columns = $columns;

        return $this;
    }

    public function where(string $condition, mixed $value): self
    {
        $this->where[$condition] = $value;

        return $this;
    }

    public function order(string $column): self
    {
        $this->order = $column;

        return $this;
    }
}
