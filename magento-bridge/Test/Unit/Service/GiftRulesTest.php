<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\GiftRules;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class GiftRulesTest extends TestCase
{
    private const RULE = ['code' => 'cup', 'products' => ['CUP', 'MUG'], 'quantity' => 2, 'minimumGoodsMinor' => ['EUR' => 5000], 'tiers' => null, 'segments' => null, 'from' => null, 'until' => null];

    /** @return iterable<string, array{array<string, mixed>, string, int, string|null, int}> */
    public static function carts(): iterable
    {
        yield 'at the threshold' => [[], 'EUR', 5000, null, 2];
        yield 'just below' => [[], 'EUR', 4999, null, 0];
        yield 'a currency without a threshold' => [[], 'USD', 9000, null, 0];
        yield 'no goods at all' => [['minimumGoodsMinor' => ['EUR' => 0]], 'EUR', 0, null, 0];
        yield 'a tier that may' => [['tiers' => ['gold']], 'EUR', 5000, 'gold', 2];
        yield 'no tier where one is asked for' => [['tiers' => ['gold']], 'EUR', 5000, null, 0];
        yield 'a segment the member is in' => [['segments' => ['vip', 'new']], 'EUR', 5000, 'gold', 2];
        yield 'another segment' => [['segments' => ['vip']], 'EUR', 5000, 'gold', 0];
        yield 'before it starts' => [['from' => '2026-06-01T00:00:00.000Z'], 'EUR', 5000, null, 0];
        yield 'from its first moment' => [['from' => '2026-05-01T12:00:00.000Z'], 'EUR', 5000, null, 2];
        yield 'when it has ended' => [['until' => '2026-05-01T12:00:00.000Z'], 'EUR', 5000, null, 0];
        yield 'some left of the limit a member' => [['limitPerMember' => 4], 'EUR', 5000, null, 1];
        yield 'the limit a member reached' => [['limitPerMember' => 3], 'EUR', 5000, null, 0];
        yield 'far from the limit a member' => [['limitPerMember' => 10], 'EUR', 5000, null, 2];
        yield 'more than anybody means' => [['quantity' => 1001], 'EUR', 5000, null, 0];
        yield 'no list of products' => [['products' => 'CUP'], 'EUR', 5000, null, 0];
    }

    /** @param array<string, mixed> $change */
    #[DataProvider('carts')]
    public function testGivesWhatTheGoodsHaveEarned(array $change, string $currency, int $goods, ?string $tier, int $units): void
    {
        $member = ['tier' => $tier, 'given' => ['cup' => 3], 'segments' => ['new']];
        $earned = (new GiftRules())->earned([$change + self::RULE], $currency, $goods, $member, '2026-05-01T12:00:00.000Z');
        self::assertSame($units === 0 ? [] : ['cup' => ['skus' => ['CUP', 'MUG'], 'units' => $units]], $earned);
    }
}
