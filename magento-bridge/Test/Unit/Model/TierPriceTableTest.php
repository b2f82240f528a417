<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\OpenCarts;
use Loyalty\Sidecar\Model\TierPriceTable;
use Loyalty\Sidecar\Test\Unit\Fake\FakeDatabase;
use Loyalty\Sidecar\Test\Unit\Fake\FakePages;
use PHPUnit\Framework\TestCase;

final class TierPriceTableTest extends TestCase
{
    private FakeDatabase $database;
    private OpenCarts $carts;
    private FakePages $pages;
    private TierPriceTable $table;

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
    }

    protected function setUp(): void
    {
        $this->database = new FakeDatabase(['loyalty_tier_price' => ['website_id', 'tier', 'product_id', 'quantity']]);
        $this->carts = new class () extends OpenCarts {
            /** @var array<int, int[]> */
            public array $due = [];

            public function __construct()
            {
            }

            public function recollectWith(array $productIds): void
            {
                $this->due[] = $productIds;
            }
        };
        $this->pages = new FakePages();
        $this->table = new TierPriceTable($this->database, $this->carts, $this->pages);
    }

    public function testTheFirstKeyThatHasPricesCounts(): void
    {
        $this->table->replace(0, [5], [$this->row('gold', 1, 9.0), $this->row('list:a', 10, 7.0), $this->row('list:a', 1, 8.0)]);
        $steps = [['quantity' => 1.0, 'price' => 8.0], ['quantity' => 10.0, 'price' => 7.0]];
        self::assertSame($steps, $this->table->find(0, ['list:a', 'gold'], 5));
        self::assertSame($steps, $this->table->find(0, ['list:none', 'list:a', 'gold'], 5));
        self::assertSame([['quantity' => 1.0, 'price' => 9.0]], $this->table->find(0, ['gold'], 5));
        self::assertSame([], $this->table->find(0, ['silver'], 5));
    }

    public function testWebsitesWithProgrammesOfTheirOwnHaveTheirOwnPrices(): void
    {
        $this->table->replace(0, [5], [$this->row('gold', 1, 9.0)]);
        $this->table->replace(2, [5], [$this->row('gold', 1, 6.0)]);
        self::assertSame(9.0, $this->table->find(0, ['gold'], 5)[0]['price']);
        self::assertSame(6.0, $this->table->find(2, ['gold'], 5)[0]['price']);
    }

    public function testManyProductsAreReadAtOnceAndOnce(): void
    {
        $this->table->replace(0, [5, 6], [$this->row('gold', 1, 9.0), ['product_id' => 6] + $this->row('gold', 1, 3.0)]);
        $this->table->load(0, ['gold'], [5, 6, 7]);
        foreach ([5 => 9.0, 6 => 3.0] as $productId => $price) {
            self::assertSame($price, $this->table->find(0, ['gold'], $productId)[0]['price']);
        }
        self::assertSame([], $this->table->find(0, ['gold'], 7));
        self::assertSame(1, $this->database->reads);
    }

    public function testNewPricesReplaceThoseOfTheirProductsAlone(): void
    {
        $this->table->replace(0, [5, 6], [$this->row('gold', 1, 9.0), ['product_id' => 6] + $this->row('gold', 1, 3.0)]);
        self::assertSame(9.0, $this->table->find(0, ['gold'], 5)[0]['price']);
        $this->table->replace(0, [5], [$this->row('gold', 1, 8.0)]);
        self::assertSame(8.0, $this->table->find(0, ['gold'], 5)[0]['price']);
        self::assertSame(3.0, $this->table->find(0, ['gold'], 6)[0]['price']);
        $this->table->replace(0, [5], []);
        self::assertSame([], $this->table->find(0, ['gold'], 5));
    }

    public function testOpenCartsWithTheseProductsAreCountedAnew(): void
    {
        $this->table->replace(0, [5], [$this->row('gold', 1, 9.0)]);
        $this->table->replace(0, [], []);
        self::assertSame([[5]], $this->carts->due);
        self::assertSame([[5]], $this->pages->products);
    }

    public function testPricesThatCannotBeWrittenLeaveTheOldOnes(): void
    {
        $this->table->replace(0, [5], [$this->row('gold', 1, 9.0)]);
        try {
            $this->table->replace(0, [5], [$this->row('gold', 1, 8.0), $this->row('gold', 1, 7.0)]);
            self::fail('Two prices of one quantity were taken.');
        } catch (\RuntimeException) {
            self::assertSame(9.0, $this->table->find(0, ['gold'], 5)[0]['price']);
            self::assertCount(1, $this->carts->due);
            self::assertCount(1, $this->pages->products);
        }
    }

    /** @return array{product_id: int, tier: string, quantity: int, price: float} */
    private function row(string $key, int $quantity, float $price): array
    {
        return ['product_id' => 5, 'tier' => $key, 'quantity' => $quantity, 'price' => $price];
    }
}
