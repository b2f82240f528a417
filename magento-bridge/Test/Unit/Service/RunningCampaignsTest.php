<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\RunningCampaigns;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class RunningCampaignsTest extends TestCase
{
    private const NOW = '2026-03-05T10:00:00.000Z';
    private const GOLD = ['tier' => 'gold', 'segments' => ['new'], 'group' => '2'];
    private const ACCRUAL = [
        'earn' => ['EUR' => ['points' => 1, 'perMinor' => 100]],
        'rounding' => 'down',
        'multiplierBps' => 15000,
        'tierMultiplierBps' => ['gold' => 20000],
    ];

    /** @param array<string, mixed> $change */
    #[DataProvider('campaigns')]
    public function testRunForWhomAndWhenTheyAreMeant(array $change, bool $expected): void
    {
        $running = (new RunningCampaigns())->of([self::campaign($change)], self::GOLD, self::NOW);
        self::assertSame($expected ? ['Double points'] : [], array_column($running, 'name'));
    }

    /** @return iterable<string, array{array<string, mixed>, bool}> */
    public static function campaigns(): iterable
    {
        yield 'always, for everybody' => [[], true];
        yield 'from this moment' => [['from' => self::NOW], true];
        yield 'until this moment' => [['until' => self::NOW], false];
        yield 'later' => [['from' => '2026-03-06T00:00:00.000Z'], false];
        yield 'a tier' => [['tiers' => ['gold']], true];
        yield 'another tier' => [['tiers' => ['silver']], false];
        yield 'a segment' => [['segments' => ['old', 'new']], true];
        yield 'another segment' => [['segments' => ['old']], false];
        yield 'a group' => [['groups' => ['2']], true];
        yield 'another group' => [['groups' => ['1']], false];
        yield 'nonsense' => [['name' => null], false];
    }

    public function testAreForProductsByNumberOrCategory(): void
    {
        $campaigns = new RunningCampaigns();
        $running = [self::campaign(['products' => ['LAMP'], 'categories' => ['7']])];
        self::assertCount(1, $campaigns->forProduct($running, 'LAMP', []));
        self::assertCount(1, $campaigns->forProduct($running, 'CHAIR', [3, 7]));
        self::assertSame([], $campaigns->forProduct($running, 'CHAIR', [3]));
        self::assertCount(1, $campaigns->forProduct([self::campaign([])], 'CHAIR', []));
    }

    public function testAddWhatTheSidecarWouldGive(): void
    {
        $points = static fn (array ...$some): int => (new RunningCampaigns())->points(array_map(self::campaign(...), $some), self::ACCRUAL, 'EUR', 2050);
        self::assertSame(20, $points([]));
        self::assertSame(41, $points([], ['multiplierBps' => 30000]));
        self::assertSame(30, $points([], ['stacking' => 'all', 'multiplierBps' => 15000]));
        self::assertSame(10, $points(['stacking' => 'exclusive', 'multiplierBps' => 15000], []));
        self::assertSame(0, $points(['multiplierBps' => null]));
        self::assertSame(0, $points(['minimumMinor' => ['EUR' => 2051]]));
        self::assertSame(0, $points(['minimumMinor' => ['USD' => 1]]));
        self::assertSame(20, $points(['minimumMinor' => ['EUR' => 2050]]));
    }

    /**
     * @param array<string, mixed> $change
     * @return array<string, mixed>
     */
    private static function campaign(array $change): array
    {
        return $change + [
            'code' => 'double',
            'name' => 'Double points',
            'from' => null,
            'until' => null,
            'tiers' => null,
            'segments' => null,
            'groups' => null,
            'products' => null,
            'categories' => null,
            'minimumMinor' => [],
            'stacking' => 'best',
            'multiplierBps' => 20000,
        ];
    }
}
