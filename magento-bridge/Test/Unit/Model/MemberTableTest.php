<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\MemberTable;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class MemberTableTest extends TestCase
{
    #[DataProvider('members')]
    public function testACartMaySpendWhatIsThereUpToWhatACompanyAllows(?string $details, int $expected): void
    {
        self::assertSame($expected, MemberTable::spendable(['available_points' => '100', 'held_points' => '20', 'details' => $details]));
    }

    /** @return iterable<string, array{?string, int}> */
    public static function members(): iterable
    {
        yield 'who buy for themselves' => [null, 120];
        yield 'without a limit' => ['{"company":{"redeemLimit":null}}', 120];
        yield 'who has yet to accept the terms' => ['{"terms":{"isBlocked":true}}', 0];
        yield 'who has accepted the terms' => ['{"terms":{"isBlocked":false}}', 120];
        yield 'with a limit' => ['{"company":{"redeemLimit":50}}', 50];
        yield 'with a limit above what there is' => ['{"company":{"redeemLimit":500}}', 120];
        yield 'who may spend nothing' => ['{"company":{"redeemLimit":0}}', 0];
        yield 'with a limit below nothing' => ['{"company":{"redeemLimit":-5}}', 0];
        yield 'with something else than a limit' => ['{"company":{"redeemLimit":"much"}}', 120];
        yield 'with details that cannot be read' => ['{', 120];
    }

    /** @param array<string, mixed>|null $member */
    #[DataProvider('referrers')]
    public function testWhatRecommendationsCameToIsThereForEverybody(?array $member, int $rewarded, int $pending, int $points): void
    {
        self::assertSame(compact('rewarded', 'pending', 'points'), MemberTable::referrals($member));
    }

    /** @return iterable<string, array{array<string, mixed>|null, int, int, int}> */
    public static function referrers(): iterable
    {
        yield 'who have recommended' => [['rewarded_referrals' => '2', 'details' => '{"referrals":{"pending":1,"points":1000}}'], 2, 1, 1000];
        yield 'who have not' => [['rewarded_referrals' => '0', 'details' => null], 0, 0, 0];
        yield 'of whom nothing is known' => [null, 0, 0, 0];
        yield 'with figures that are none' => [['rewarded_referrals' => '', 'details' => '{"referrals":{"pending":"x","points":-5}}'], 0, 0, 0];
    }

    public function testABuyerHasTheKeysOfTheirPriceListsInOrder(): void
    {
        self::assertSame(['list:b', 'list:a'], MemberTable::priceKeys(['details' => '{"price_keys":["list:b","list:a"]}']));
        self::assertSame([], MemberTable::priceKeys(null));
        self::assertSame([], MemberTable::priceKeys(['details' => '{"price_keys":[7]}']));
    }
}
