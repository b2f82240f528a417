<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\Redemption;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class RedemptionTest extends TestCase
{
    private const TERMS = [
        'pointValue' => ['EUR' => ['valuePoints' => 100, 'valueMinor' => 100], 'JPY' => ['valuePoints' => 3, 'valueMinor' => 2]],
        'minimumPoints' => 10,
        'stepPoints' => 5,
        'maximumShareBps' => 5000,
    ];

    /** @param array{points: int, valueMinor: int} $expected */
    #[DataProvider('carts')]
    public function testIsBoundedByWishBalanceAndCart(int $wished, int $balance, int $goods, string $currency, array $expected): void
    {
        self::assertSame($expected, (new Redemption())->of(self::TERMS, $currency, $wished, $balance, $goods));
    }

    /** @return iterable<string, array{int, int, int, string, array{points: int, valueMinor: int}}> */
    public static function carts(): iterable
    {
        $nothing = ['points' => 0, 'valueMinor' => 0];
        yield 'the wish' => [100, 500, 10000, 'EUR', ['points' => 100, 'valueMinor' => 100]];
        yield 'the balance' => [100, 52, 10000, 'EUR', ['points' => 50, 'valueMinor' => 50]];
        yield 'half of the goods' => [9999, 9999, 1001, 'EUR', ['points' => 500, 'valueMinor' => 500]];
        yield 'whole steps only' => [104, 500, 10000, 'EUR', ['points' => 100, 'valueMinor' => 100]];
        yield 'less than the minimum' => [9, 500, 10000, 'EUR', $nothing];
        yield 'a currency that redeems none' => [100, 500, 10000, 'USD', $nothing];
        yield 'an empty cart' => [100, 500, 0, 'EUR', $nothing];
        yield 'no points at all' => [100, 0, 10000, 'EUR', $nothing];
        yield 'an amount that does not come out even' => [10, 500, 10000, 'JPY', ['points' => 10, 'valueMinor' => 6]];
    }

    public function testIsNothingWithoutAProgramme(): void
    {
        self::assertSame(['points' => 0, 'valueMinor' => 0], (new Redemption())->of([], 'EUR', 100, 100, 1000));
        self::assertSame(['points' => 0, 'valueMinor' => 0], (new Redemption())->of([], 'EUR', 100, 100, 1000));
    }

    public function testSplitsToTheLastCentByWhatLinesCost(): void
    {
        $redemption = new Redemption();
        self::assertSame([34, 33, 33], $redemption->split(100, [1000, 1000, 1000]));
        self::assertSame(['lamp' => 149, 'book' => 10], $redemption->split(159, ['lamp' => 14900, 'book' => 999]));
        self::assertSame([5, 0], $redemption->split(9, [5, 0]));
        self::assertSame([0, 0], $redemption->split(9, [0, 0]));
        self::assertSame([], $redemption->split(9, []));
    }

    public function testASplitAlwaysAddsUpAndNeverExceedsALine(): void
    {
        mt_srand(7);
        $redemption = new Redemption();
        for ($round = 0; $round < 2000; ++$round) {
            $lines = array_map(static fn (): int => mt_rand(0, 100000), range(0, mt_rand(0, 12)));
            $amount = mt_rand(0, array_sum($lines) + 10);
            $shares = $redemption->split($amount, $lines);
            self::assertSame(min($amount, array_sum($lines)), array_sum($shares));
            foreach ($lines as $key => $line) {
                self::assertGreaterThanOrEqual(0, $shares[$key]);
                self::assertLessThanOrEqual($line, $shares[$key]);
            }
        }
    }
}
