<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\PriceRow;
use Loyalty\Sidecar\Service\WrongField;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class PriceRowTest extends TestCase
{
    private const ROW = ['tier' => 'gold', 'quantity' => 5, 'price' => 90];

    public function testReadsEveryPriceOfAProduct(): void
    {
        $rows = (new PriceRow())->read(['product_id' => 7, 'rows' => [self::ROW, ['price' => 0.5] + self::ROW]]);
        self::assertSame([
            ['product_id' => 7, 'tier' => 'gold', 'quantity' => 5, 'price' => 90.0],
            ['product_id' => 7, 'tier' => 'gold', 'quantity' => 5, 'price' => 0.5],
        ], $rows);
    }

    public function testAProductMayHaveNone(): void
    {
        self::assertSame([], (new PriceRow())->read(['product_id' => 7, 'rows' => []]));
    }

    /** @return iterable<string, array{array<string, mixed>, string}> */
    public static function wrong(): iterable
    {
        yield 'no product' => [['rows' => []], 'product_id'];
        yield 'a product by name' => [['product_id' => 'LAMP', 'rows' => []], 'product_id'];
        yield 'no rows' => [['product_id' => 7], 'rows'];
        yield 'rows by name' => [['product_id' => 7, 'rows' => ['a' => self::ROW]], 'rows'];
        yield 'a row that is none' => [['product_id' => 7, 'rows' => ['x']], 'tier'];
        yield 'no tier' => [['product_id' => 7, 'rows' => [['tier' => ''] + self::ROW]], 'tier'];
        yield 'a quantity below one' => [['product_id' => 7, 'rows' => [['quantity' => 0] + self::ROW]], 'quantity'];
        yield 'a part of a piece' => [['product_id' => 7, 'rows' => [['quantity' => 1.5] + self::ROW]], 'quantity'];
        yield 'a price below nothing' => [['product_id' => 7, 'rows' => [['price' => -1] + self::ROW]], 'price'];
        yield 'a price in words' => [['product_id' => 7, 'rows' => [['price' => '9'] + self::ROW]], 'price'];
    }

    /** @param array<string, mixed> $product */
    #[DataProvider('wrong')]
    public function testNamesTheFieldThatIsWrong(array $product, string $field): void
    {
        $this->expectException(WrongField::class);
        $this->expectExceptionMessage($field);
        (new PriceRow())->read($product);
    }
}
