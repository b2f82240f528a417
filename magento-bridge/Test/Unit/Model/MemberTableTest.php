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
}
