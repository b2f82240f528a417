<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\PartOfLine;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class PartOfLineTest extends TestCase
{
    /** @param float[] $units of each document */
    #[DataProvider('documents')]
    public function testAddsUpOverAllDocuments(float $amount, float $ordered, array $units): void
    {
        $part = new PartOfLine();
        $before = 0.0;
        $sum = 0.0;
        foreach ($units as $count) {
            $share = $part->of($amount, $ordered, $before, $count);
            self::assertGreaterThanOrEqual(0.0, $share);
            $before += $count;
            $sum += $share;
        }
        self::assertSame($amount, round($sum, 2));
    }

    /** @return iterable<string, array{float, float, float[]}> */
    public static function documents(): iterable
    {
        yield 'at once' => [10.0, 3.0, [3.0]];
        yield 'one by one' => [10.0, 3.0, [1.0, 1.0, 1.0]];
        yield 'a cent for three' => [0.01, 3.0, [1.0, 1.0, 1.0]];
        yield 'broken quantities' => [9.99, 2.5, [0.7, 1.3, 0.5]];
        yield 'nothing' => [0.0, 2.0, [1.0, 1.0]];
    }

    public function testIsNothingOfALineWithoutUnits(): void
    {
        self::assertSame(0.0, (new PartOfLine())->of(10.0, 0.0, 0.0, 1.0));
    }

    public function testIsNeverMoreThanTheLine(): void
    {
        self::assertSame(10.0, (new PartOfLine())->of(10.0, 2.0, 0.0, 5.0));
    }
}
