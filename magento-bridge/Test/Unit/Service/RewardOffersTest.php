<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\RewardOffers;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class RewardOffersTest extends TestCase
{
    private const NOW = '2026-03-01T10:00:00.000Z';
    private const TIERS = [['code' => 'silver', 'name' => 'Silver'], ['code' => 'gold', 'name' => 'Gold'], ['code' => 'black', 'name' => 'Black']];
    private const MEMBER = ['points' => 150, 'tier' => null, 'segments' => ['vip'], 'taken' => ['tour' => 1]];
    private const REWARD = ['code' => 'tour', 'name' => 'Tour', 'pointsPrice' => 100];

    /**
     * @param array<string, mixed> $change
     * @param array<int, array{string, int|string|null}> $expected
     */
    #[DataProvider('rewards')]
    public function testSaysWhatIsInTheWay(array $change, array $expected): void
    {
        [$offer] = $this->offers([$change + self::REWARD]);
        self::assertSame($expected, array_map(array_values(...), $offer['obstacles']));
    }

    /** @return iterable<string, array{array<string, mixed>, array<int, array{string, int|string|null}>}> */
    public static function rewards(): iterable
    {
        yield 'nothing' => [[], []];
        yield 'points' => [['pointsPrice' => 270], [['missing', 120]]];
        yield 'the tier and those above' => [['tiers' => ['gold', 'black']], [['from_tier', 'Gold']]];
        yield 'tiers with a gap' => [['tiers' => ['silver', 'black']], [['for_tiers', 'Silver, Black']]];
        yield 'a tier that is gone' => [['tiers' => ['old']], [['for_tiers', '']]];
        yield 'a day to come' => [['from' => '2026-04-01T00:00:00.000Z'], [['from', '2026-04-01T00:00:00.000Z']]];
        yield 'as many as one may have' => [['perMember' => 1], [['had_it', null]]];
        yield 'nothing left, which comes before points' => [['isSoldOut' => true, 'left' => 0, 'pointsPrice' => 900], [['sold_out', null]]];
    }

    public function testLeavesOutWhatIsOverAndForOthers(): void
    {
        self::assertSame([], $this->offers([['until' => self::NOW] + self::REWARD, ['segments' => ['press']] + self::REWARD, 'x', []]));
        self::assertTrue($this->offers([['segments' => ['vip']] + self::REWARD])[0]['isInvited']);
    }

    public function testSpeaksTheLanguageOfThePageWhereThereAreWords(): void
    {
        $reward = ['description' => 'For two', 'texts' => ['de' => ['name' => 'Führung', 'description' => null]]] + self::REWARD;
        self::assertSame(['Führung', 'For two'], [$this->offers([$reward], 'de')[0]['name'], $this->offers([$reward], 'de')[0]['description']]);
        self::assertSame('Tour', $this->offers([$reward], 'es')[0]['name']);
    }

    /**
     * @param array<int, mixed> $rewards
     * @return array<int, array<string, mixed>>
     */
    private function offers(array $rewards, string $language = 'en'): array
    {
        return (new RewardOffers())->of($rewards, self::TIERS, self::MEMBER, $language, self::NOW);
    }
}
