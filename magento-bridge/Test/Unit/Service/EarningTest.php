<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\Earning;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class EarningTest extends TestCase
{
    private const ACCRUAL = [
        'earn' => ['EUR' => ['points' => 1, 'perMinor' => 100]],
        'minimumMinor' => ['EUR' => 1000],
        'multiplierBps' => 10000,
        'tierMultiplierBps' => ['gold' => 15000],
    ];

    #[DataProvider('carts')]
    public function testIsWhatTheSidecarWouldGive(int $goods, ?string $tier, string $rounding, int $expected): void
    {
        self::assertSame($expected, (new Earning())->of(['rounding' => $rounding] + self::ACCRUAL, 'EUR', $goods, $tier));
    }

    /** @return iterable<string, array{int, string|null, string, int}> */
    public static function carts(): iterable
    {
        yield 'down' => [1999, null, 'down', 19];
        yield 'up' => [1901, null, 'up', 20];
        yield 'nearest, below a half' => [1949, null, 'nearest', 19];
        yield 'nearest, a half' => [1950, null, 'nearest', 20];
        yield 'a tier of its own' => [2000, 'gold', 'down', 30];
        yield 'a tier without a multiplier' => [2000, 'silver', 'down', 20];
        yield 'less than the minimum' => [999, null, 'down', 0];
    }

    public function testIsNothingInAnotherCurrencyOrWithoutAProgramme(): void
    {
        self::assertSame(0, (new Earning())->of(self::ACCRUAL, 'USD', 5000, null));
        self::assertSame(0, (new Earning())->of([], 'EUR', 5000, null));
    }
}
