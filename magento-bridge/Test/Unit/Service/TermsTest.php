<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\Terms;
use PHPUnit\Framework\TestCase;

final class TermsTest extends TestCase
{
    private const DOCUMENT = [
        'minorUnits' => ['EUR' => 100, 'JPY' => 1],
        'baseCurrency' => 'EUR',
        'tierMetric' => 'turnover',
        'tiers' => [['code' => 'gold', 'name' => 'Gold', 'threshold' => 50000, 'perks' => ['freeShipping' => true], 'requirement' => ['combine' => 'any']]],
        'accrual' => ['tierMultiplierBps' => ['gold' => 15000]],
        'redemption' => ['minimumPoints' => 5, 'pointValue' => ['EUR' => ['valuePoints' => 3, 'valueMinor' => 10]]],
    ];

    public function testSpeaksOfMoneyInMinorUnitsOfTheCurrency(): void
    {
        $terms = new Terms(self::DOCUMENT);
        self::assertSame([1999, 20, 0], [$terms->minor(19.99, 'EUR'), $terms->minor(19.99, 'JPY'), $terms->minor(-1.0, 'EUR')]);
        self::assertSame([33, null], [$terms->worthMinor(10, 'EUR'), $terms->worthMinor(10, 'JPY')]);
        self::assertSame([5, null], [$terms->minimumPoints('EUR'), $terms->minimumPoints('JPY')]);
    }

    public function testCallsATierByItsNameOrItsCode(): void
    {
        $terms = new Terms(self::DOCUMENT);
        self::assertSame(['Gold', 'silver'], [$terms->tierName('gold'), $terms->tierName('silver')]);
        self::assertSame('EUR', $terms->turnoverCurrency());
        self::assertNull((new Terms(['tierMetric' => 'orders'] + self::DOCUMENT))->turnoverCurrency());
    }

    public function testSaysWhatATierBringsAndAsksFor(): void
    {
        $terms = new Terms(self::DOCUMENT);
        self::assertSame([['freeShipping' => true], 15000, 'any'], [$terms->perks('gold'), $terms->multiplierBps('gold'), $terms->combine('gold')]);
        self::assertSame([[], 10000, 'all'], [$terms->perks('silver'), $terms->multiplierBps('silver'), $terms->combine('silver')]);
        self::assertSame(['EUR', null], [$terms->baseCurrency(), (new Terms([]))->baseCurrency()]);
    }

    public function testNothingIsEarnedOrSpentInAStoreThatTakesNoPart(): void
    {
        $terms = new Terms(['excludedChannels' => ['3'], 'accrual' => ['earn' => ['EUR' => []], 'lockDays' => 14],
            'redemption' => ['pointValue' => ['EUR' => []], 'minimumPoints' => 5], 'campaigns' => [['code' => 'may']]]);
        $apart = $terms->inStore(3);
        self::assertSame([['earn' => [], 'lockDays' => 14], [], []], array_map($apart->section(...), ['accrual', 'redemption', 'campaigns']));
        self::assertNull($apart->minimumPoints('EUR'));
        self::assertEquals([$terms, 5], [$terms->inStore(1), $terms->inStore(1)->minimumPoints('EUR')]);
    }

    public function testRulesForSomeStoresHoldInTheseAlone(): void
    {
        $rules = [['code' => 'everywhere'], ['code' => 'trade', 'places' => ['3', '4']]];
        $terms = new Terms(['campaigns' => $rules, 'freeProducts' => array_reverse($rules)]);
        $codes = static fn (int $store): array => array_map(
            static fn (string $name): array => array_column($terms->inStore($store)->section($name), 'code'),
            ['campaigns', 'freeProducts'],
        );
        self::assertSame([['everywhere'], ['everywhere']], $codes(1));
        self::assertSame([['everywhere', 'trade'], ['trade', 'everywhere']], $codes(3));
    }

    public function testHasNothingWhileThereIsNoProgramme(): void
    {
        $terms = new Terms([]);
        self::assertSame([[], []], [$terms->section('accrual'), $terms->tiers()]);
        self::assertNull($terms->minimumPoints('EUR'));
        self::assertNull($terms->turnoverCurrency());
        self::assertSame([], (new Terms(['accrual' => 'nonsense']))->section('accrual'));
    }
}
