<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\EarlyAccess;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class EarlyAccessTest extends TestCase
{
    private const NOW = '2026-02-20T12:00:00.000Z';
    private const LAMP = [
        'code' => 'lamp',
        'products' => ['LAMP'],
        'categories' => null,
        'tiers' => ['platinum'],
        'from' => null,
        'until' => '2026-02-28T23:00:00.000Z',
        'localFrom' => null,
        'localUntil' => '2026-03-01T00:00',
    ];
    private const GOLD = ['tiers' => ['gold'], 'from' => '2026-02-24T23:00:00.000Z', 'localFrom' => '2026-02-25T00:00'] + self::LAMP;

    /** @param array<int, mixed> $rules */
    #[DataProvider('questions')]
    public function testSaysWhenGoodsOpen(array $rules, ?string $tier, ?string $opens): void
    {
        $access = new EarlyAccess();
        $named = $access->rulesFor($rules, 'LAMP', static fn (): array => [7]);
        self::assertSame($opens, $access->closed($named, $tier, self::NOW)['opens'] ?? null);
    }

    /** @return iterable<string, array{array<int, mixed>, ?string, ?string}> */
    public static function questions(): iterable
    {
        yield 'the tier may buy' => [[self::LAMP], 'platinum', null];
        yield 'another waits' => [[self::LAMP], 'gold', '2026-03-01T00:00'];
        yield 'nobody is known' => [[self::LAMP], null, '2026-03-01T00:00'];
        yield 'a second rule lets in sooner' => [[self::LAMP, self::GOLD], 'gold', '2026-02-25T00:00'];
        yield 'another product' => [[['products' => ['CUP']] + self::LAMP], null, null];
        yield 'by category' => [[['products' => null, 'categories' => ['7']] + self::LAMP], null, '2026-03-01T00:00'];
        yield 'over' => [[['until' => self::NOW] + self::LAMP], null, null];
        yield 'nothing the sidecar writes' => [['spring', ['until' => 5], ['until' => '2999', 'tiers' => 'gold']], null, null];
    }

    public function testAsksForCategoriesOnlyWhenARuleNamesSome(): void
    {
        (new EarlyAccess())->rulesFor([self::LAMP], 'CUP', static fn (): array => self::fail('asked'));
        $this->addToAssertionCount(1);
    }
}
