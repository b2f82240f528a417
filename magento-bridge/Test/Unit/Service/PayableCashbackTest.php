<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\PayableCashback;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class PayableCashbackTest extends TestCase
{
    #[DataProvider('points')]
    public function testPaysWholeUnitsFromTheMinimumOn(int $available, int $points, int $valueMinor, int $missing): void
    {
        $rule = ['code' => 'bonus', 'name' => 'Bonus', 'minimumPoints' => 100, 'unitPoints' => 3, 'unitMinor' => 2, 'payout' => 'credit'];
        [$payable] = (new PayableCashback())->of([$rule], $available, 100);
        self::assertSame([150, 100], [$payable['ratePoints'], $payable['rateMinor']]);
        self::assertSame([$points, $valueMinor, $missing], [$payable['points'], $payable['valueMinor'], $payable['missing']]);
    }

    /** @return iterable<string, array{int, int, int, int}> */
    public static function points(): iterable
    {
        yield 'none' => [0, 0, 0, 102];
        yield 'fewer than none' => [-5, 0, 0, 102];
        yield 'too few' => [99, 0, 0, 3];
        yield 'enough, but not as whole units' => [101, 0, 0, 1];
        yield 'enough' => [103, 102, 68, 0];
    }

    public function testPassesOverWhatIsNoRule(): void
    {
        self::assertSame([], (new PayableCashback())->of(['x', [], ['code' => 'a', 'unitPoints' => 0]], 500, 100));
    }
}
