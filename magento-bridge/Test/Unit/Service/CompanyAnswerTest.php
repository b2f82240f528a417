<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\CompanyAnswer;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class CompanyAnswerTest extends TestCase
{
    private const REQUEST = ['approvalId' => 'a1', 'customerId' => '7', 'isOwn' => false, 'points' => 80, 'requestedAt' => '2026-03-01T10:00:00.000Z', 'expiresAt' => '2026-03-08T10:00:00.000Z'];

    public function testReadsWhatTheSidecarSays(): void
    {
        $limits = ['pointsPerOrder' => 100, 'pointsPerMonth' => null, 'approvalAbove' => 50];
        self::assertSame([
            'name' => 'Miller',
            'role' => 'approver',
            'pool' => ['available' => 300, 'pending' => 20],
            'buyers' => [
                ['customerId' => 7, 'isSelf' => true, 'role' => 'approver', 'limits' => ['pointsPerOrder' => 100, 'approvalAbove' => 50]],
                ['customerId' => 0, 'isSelf' => false, 'role' => 'buyer', 'limits' => null],
            ],
            'requests' => [['id' => 'a1', 'customerId' => 7, 'isOwn' => false, 'points' => 80, 'requestedAt' => '2026-03-01T10:00:00.000Z', 'expiresAt' => '2026-03-08T10:00:00.000Z']],
        ], (new CompanyAnswer())->read([
            'name' => 'Miller',
            'role' => 'approver',
            'pool' => ['available' => 300, 'pending' => 20],
            'buyers' => [
                ['customerId' => '7', 'isSelf' => true, 'role' => 'approver', 'limits' => $limits],
                ['customerId' => null, 'isSelf' => false, 'role' => 'buyer', 'limits' => null],
            ],
            'requests' => [self::REQUEST],
        ]));
    }

    public function testPointsOfTheirOwnAreNoPool(): void
    {
        self::assertSame(['name' => 'Miller', 'role' => 'buyer', 'pool' => null, 'buyers' => [], 'requests' => []], (new CompanyAnswer())->read(['name' => 'Miller', 'pool' => null]));
    }

    /** @param array<string, mixed> $change */
    #[DataProvider('faults')]
    public function testLeavesOutWhatIsNotAsAgreed(array $change, int $requests): void
    {
        $read = (new CompanyAnswer())->read(['name' => 'Miller', 'role' => 'owner', 'buyers' => 'all', 'requests' => [$change + self::REQUEST, 7]]);
        self::assertSame('buyer', $read['role'] ?? null);
        self::assertCount($requests, $read['requests'] ?? []);
    }

    /** @return iterable<string, array{array<string, mixed>, int}> */
    public static function faults(): iterable
    {
        yield 'a request without an id' => [['approvalId' => null], 0];
        yield 'a request without a time' => [['requestedAt' => ''], 0];
        yield 'points that are none' => [['points' => 'many'], 1];
        yield 'a customer that is none' => [['customerId' => '7 or 1=1'], 1];
    }

    #[DataProvider('nothing')]
    public function testNoCompanyIsNone(mixed $said): void
    {
        self::assertNull((new CompanyAnswer())->read($said));
    }

    /** @return iterable<string, array{mixed}> */
    public static function nothing(): iterable
    {
        yield 'nothing' => [null];
        yield 'a word' => ['Miller'];
        yield 'a company without a name' => [['role' => 'buyer']];
    }
}
