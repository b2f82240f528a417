<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\MemberRow;
use Loyalty\Sidecar\Service\WrongField;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class MemberRowTest extends TestCase
{
    private const MEMBER = [
        'customer_id' => 7,
        'available_points' => 1200,
        'pending_points' => 30,
        'debt_points' => 0,
        'tier' => 'gold',
        'next_tier' => null,
        'next_tier_missing' => null,
        'expiring_points' => 100,
        'expiring_at' => '2026-06-01T00:00:00.000Z',
        'referral_code' => 'FRIEND-1',
        'held_points' => 40,
        'spent_intent' => 'wish-1',
        'rewarded_referrals' => 2,
        'given_gifts' => ['cup' => 1],
        'segments' => ['vip'],
        'history' => [['at' => '2026-05-01T00:00:00.000Z', 'kind' => 'accrual', 'points' => 5, 'released' => 0, 'order' => '000000001']],
        'details' => ['volume' => [['code' => 'pieces']]],
        'version' => 3,
    ];

    public function testReadsEveryFieldIntoARow(): void
    {
        self::assertEquals(['expiring_at' => '2026-06-01 00:00:00', 'given_gifts' => '{"cup":1}', 'segments' => '["vip"]', 'history' => json_encode(self::MEMBER['history']), 'details' => '{"volume":[{"code":"pieces"}]}'] + self::MEMBER, (new MemberRow())->read(self::MEMBER));
    }

    public function testKeepsTheSentencesOfAChangeAndNothingElse(): void
    {
        $change = self::MEMBER['history'][0];
        $why = ['en' => ['One.', 7, 'Two.', 'Three.', 'Four.'], 'ru' => ['Один.'], 'de' => 'Eins.', 'es' => [], 3 => ['x']];
        $row = (new MemberRow())->read(['history' => [['why' => $why] + $change, ['why' => 'x'] + $change]] + self::MEMBER);
        self::assertSame(
            [['why' => ['en' => ['One.', 'Two.', 'Three.'], 'ru' => ['Один.'], 'de' => ['Eins.']]], []],
            array_map(static fn (array $line): array => array_intersect_key($line, ['why' => true]), json_decode((string) $row['history'], true)),
        );
        self::assertStringContainsString('Один.', (string) $row['history']);
    }

    public function testIgnoresFieldsThatANewerSidecarAdds(): void
    {
        self::assertArrayNotHasKey('news', (new MemberRow())->read(self::MEMBER + ['news' => 1]));
    }

    /** @param array<string, mixed> $change */
    #[DataProvider('faults')]
    public function testNamesTheFieldThatIsWrong(array $change, string $field): void
    {
        try {
            (new MemberRow())->read(array_filter($change + self::MEMBER, static fn ($value): bool => $value !== 'absent'));
            self::fail('It was read.');
        } catch (WrongField $error) {
            self::assertSame($field, $error->field);
            self::assertStringStartsWith($field . ' must be', $error->getMessage());
        }
    }

    /** @return iterable<string, array{array<string, mixed>, string}> */
    public static function faults(): iterable
    {
        yield 'no customer' => [['customer_id' => 0], 'customer_id'];
        yield 'a customer by name' => [['customer_id' => '7'], 'customer_id'];
        yield 'details without names' => [['details' => [1]], 'details'];
        yield 'details that are no group' => [['details' => 'much'], 'details'];
        yield 'too many details' => [['details' => ['x' => str_repeat('x', 60_000)]], 'details'];
        yield 'half a point' => [['available_points' => 1.5], 'available_points'];
        yield 'less than no points' => [['pending_points' => -1], 'pending_points'];
        yield 'no version' => [['version' => 'absent'], 'version'];
        yield 'an empty tier' => [['tier' => ''], 'tier'];
        yield 'a tier as long as a novel' => [['tier' => str_repeat('x', 65)], 'tier'];
        yield 'a list for a text' => [['referral_code' => ['x']], 'referral_code'];
        yield 'segments that are no list' => [['segments' => ['vip' => 1]], 'segments'];
        yield 'a segment that is no text' => [['segments' => ['vip', 3]], 'segments'];
        yield 'a time without its zone' => [['expiring_at' => '2026-06-01 00:00:00'], 'expiring_at'];
    }
}
