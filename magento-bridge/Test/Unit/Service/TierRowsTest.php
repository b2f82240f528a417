<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\TierRows;
use PHPUnit\Framework\TestCase;

final class TierRowsTest extends TestCase
{
    private const ALL = 32000;
    private const OURS = [['quantity' => 1.0, 'price' => 95.0], ['quantity' => 5.0, 'price' => 90.0]];

    public function testJoinsThePricesOfTheProductByQuantity(): void
    {
        $wholesale = ['cust_group' => '2', 'price_qty' => '3.0000', 'price' => '80', 'website_price' => '80'];
        $merged = (new TierRows())->merged([$wholesale], self::OURS, self::ALL, 1);
        self::assertSame([1.0, 3.0, 5.0], array_map(static fn (array $row): float => (float) $row['price_qty'], $merged));
        self::assertSame([95.0, '80', 90.0], array_column($merged, 'website_price'));
        self::assertSame($wholesale, $merged[1]);
    }

    public function testTheLowerPriceOfAQuantityCounts(): void
    {
        $lower = ['cust_group' => '32000', 'price_qty' => '1.0000', 'price' => '94', 'website_price' => '94'];
        $higher = ['cust_group' => '32000', 'price_qty' => '5', 'price' => '91', 'website_price' => '91'];
        $merged = (new TierRows())->merged([$lower, $higher], self::OURS, self::ALL, 1);
        self::assertSame(['94', 90.0], array_column($merged, 'website_price'));
    }

    public function testAPriceOfAGroupDoesNotStandBeforeALowerOne(): void
    {
        $wholesale = ['cust_group' => '2', 'price_qty' => '5.0000', 'price' => '91', 'website_price' => '91'];
        $before = ['cust_group' => '2', 'price_qty' => '0.5000', 'price' => '99', 'website_price' => '99'];
        $merged = (new TierRows())->merged([$wholesale, $before], self::OURS, self::ALL, 1);
        self::assertSame(['99', 95.0, 90.0], array_column($merged, 'website_price'));
    }

    public function testLeavesAProductWithoutPricesOfItsTierAlone(): void
    {
        self::assertSame([], (new TierRows())->merged([], [], self::ALL, 1));
    }
}
