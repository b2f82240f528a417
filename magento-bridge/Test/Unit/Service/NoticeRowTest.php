<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\NoticeKinds;
use Loyalty\Sidecar\Service\NoticeRow;
use Loyalty\Sidecar\Service\WrongField;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

class NoticeRowTest extends TestCase
{
    private const AT = '2026-03-01T10:00:00.000Z';

    /** @return iterable<string, array{string}> */
    public static function kinds(): iterable
    {
        foreach (array_keys(NoticeKinds::FIGURES) as $kind) {
            yield $kind => [$kind];
        }
    }

    #[DataProvider('kinds')]
    public function testEveryKindIsReadWithAllFiguresAndWithFew(string $kind): void
    {
        $whole = self::figures($kind, true);
        self::assertSame($whole, (new NoticeRow())->read(self::notice(['kind' => $kind, 'figures' => $whole]))['figures']);
        $few = self::figures($kind, false);
        self::assertSame($few, (new NoticeRow())->read(self::notice(['kind' => $kind, 'figures' => $few]))['figures']);
    }

    #[DataProvider('kinds')]
    public function testEveryKindHasATemplate(string $kind): void
    {
        $text = (string) file_get_contents(__DIR__ . '/../../../view/frontend/email/loyalty_' . $kind . '.html');
        self::assertStringStartsWith('<!--@subject {{trans "', $text);
        $known = [...array_keys(NoticeKinds::FIGURES[$kind]), NoticeKinds::LINK, 'firstName', 'store.frontend_name', 'value'];
        preg_match_all('/=\$([\w.]+)|\{\{(?:var|depend) ([\w.]+)\}\}/', $text, $asked);
        self::assertSame([], array_diff(array_filter([...$asked[1], ...$asked[2]]), $known));
        self::assertSame(substr_count($text, '{{depend '), substr_count($text, '{{/depend}}'));
    }

    /** @return iterable<string, array{array<string, mixed>, string}> */
    public static function faults(): iterable
    {
        yield 'no id' => [['notice_id' => ''], 'notice_id must be'];
        yield 'an id with a space' => [['notice_id' => 'a b'], 'notice_id must be'];
        yield 'a kind of next year' => [['kind' => 'birthday_party'], 'kind is not known'];
        yield 'no customer' => [['customer_id' => 0], 'customer_id must be'];
        yield 'a customer as a text' => [['customer_id' => '7'], 'customer_id must be'];
        yield 'no time' => [['occurred_at' => 'yesterday'], 'occurred_at must be'];
        yield 'no figures' => [['figures' => null], 'figures must be'];
        yield 'a figure that lacks' => [['figures' => []], 'figures.points must be'];
        yield 'a figure below zero' => [['figures' => ['points' => -1]], 'figures.points must be'];
        yield 'a link that is none' => [['figures' => ['points' => 1, 'unsubscribeUrl' => 'javascript:alert(1)']], 'figures.unsubscribeUrl must be'];
        yield 'another purpose' => [['purpose' => 'fun'], 'purpose must be'];
        yield 'consent as a text' => [['consent' => 'yes'], 'consent must be'];
    }

    /** @param array<string, mixed> $change */
    #[DataProvider('faults')]
    public function testAFaultIsNamed(array $change, string $message): void
    {
        $this->expectException(WrongField::class);
        $this->expectExceptionMessage($message);
        (new NoticeRow())->read(self::notice($change));
    }

    public function testFiguresNobodyHereShowsAreLeftOut(): void
    {
        $read = (new NoticeRow())->read(self::notice(['figures' => ['points' => 5, 'mood' => 'good']]));
        self::assertSame(['points' => 5], $read['figures']);
    }

    /**
     * @param array<string, mixed> $change
     * @return array<string, mixed>
     */
    private static function notice(array $change): array
    {
        return [
            'notice_id' => 'n-1',
            'kind' => 'welcome',
            'customer_id' => 7,
            'occurred_at' => self::AT,
            'figures' => ['points' => 1],
            'purpose' => 'transactional',
            'consent' => true,
            ...$change,
        ];
    }

    /** @return array<string, int|string> */
    private static function figures(string $kind, bool $whole): array
    {
        $figures = [];
        foreach (NoticeKinds::FIGURES[$kind] as $name => $form) {
            if ($whole || !str_ends_with($form, '?')) {
                $figures[$name] = match (rtrim($form, '?')) {
                    'count' => 3,
                    'instant' => self::AT,
                    default => $name === 'url' ? 'https://shop.example/confirm' : 'some ' . $name,
                };
            }
        }

        return $figures;
    }
}
