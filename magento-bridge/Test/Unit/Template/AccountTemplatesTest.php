<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

use Loyalty\Sidecar\Service\PayableCashback;
use Loyalty\Sidecar\Service\RewardOffers;
use PHPUnit\Framework\TestCase;

final class AccountTemplatesTest extends TestCase
{
    private const HOSTILE = '<script>alert(1)</script>"\'&';
    private const REWARD = ['code' => 'tour', 'name' => 'Tour', 'description' => "Two\nlines", 'pointsPrice' => 100, 'left' => 3, 'until' => '2999-01-01T00:00:00.000Z'];
    private const REDEMPTION = ['id' => 'r1', 'code' => 'tour', 'name' => 'Tour', 'quantity' => 2, 'points' => 200, 'state' => 'requested', 'at' => '2026-03-01T10:00:00.000Z', 'vouchers' => ['LOY-1']];
    private const RULE = ['code' => 'bonus', 'name' => 'Bonus', 'minimumPoints' => 300, 'unitPoints' => 100, 'unitMinor' => 100, 'payout' => 'credit', 'every' => 'quarter'];
    private const PAYOUT = ['name' => 'Bonus', 'points' => 300, 'valueMinor' => 300, 'currency' => 'EUR', 'state' => 'requested', 'at' => '2026-03-01T10:00:00.000Z', 'voucher' => 'LOY-2'];
    private const PLAN = ['code' => 'club', 'name' => 'Club card', 'products' => ['CLUB']];

    public static function setUpBeforeClass(): void
    {
        require_once __DIR__ . '/phrase.php';
    }

    public function testRewardsHaveAFormWithKeysBehindAQuestion(): void
    {
        $html = $this->rewards([self::REWARD], [], 150);
        self::assertStringContainsString('Tour · 100 points Two lines Only 3 left Until 2999-01-01 Redeem Spend 100 points on this? Yes, redeem', $this->text($html));
        self::assertStringContainsString('name="form_key"', $html);
        self::assertStringContainsString('action="https://shop.example/loyalty/account/wish"', $html);
        self::assertStringContainsString('name="key" value="0123456789abcdef0123456789abcdef"', $html);
    }

    public function testRewardsSayWhatIsInTheWay(): void
    {
        $html = $this->rewards([self::REWARD], [], 30);
        self::assertStringContainsString('missing 70', $html);
        self::assertStringNotContainsString('<form', $html);
    }

    public function testRedemptionsCanBeCancelledWhileRequested(): void
    {
        $html = $this->rewards([], [self::REDEMPTION], 0);
        self::assertStringContainsString('Tour × 2 · 2026-03-01 · 200 points · state requested LOY-1 Cancel Cancel this and get 200 points back? Yes, cancel', $this->text($html));
        self::assertStringNotContainsString('<form', $this->rewards([], [['state' => 'fulfilled'] + self::REDEMPTION], 0));
    }

    public function testCashbackOffersWhatCanBePaid(): void
    {
        $html = $this->text($this->cashback([self::RULE], [self::PAYOUT], 350));
        self::assertStringContainsString('Bonus · 100 points are 1.00 EUR · from 300 points', $html);
        self::assertStringContainsString('Have 3.00 EUR paid out Have 3.00 EUR paid out for 300 points? Yes, please', $html);
        self::assertStringContainsString('2026-03-01 · Bonus · 3.00 EUR (300 points) · state requested LOY-2', $html);
        self::assertStringContainsString('180 points are missing', $this->text($this->cashback([self::RULE], [], 120)));
    }

    public function testMembershipsSayWhereTheyStand(): void
    {
        $shown = ['plan' => self::PLAN, 'name' => 'Club card', 'status' => '12 months', 'action' => 'Become a member'];
        $html = $this->memberships([$shown]);
        self::assertStringContainsString('Club card · 12 months Tier Gold Become a member', $this->text($html));
        self::assertStringContainsString('href="https://shop.example/club"', $html);
        self::assertStringContainsString('This product is a membership: Club card · 12 months Tier Gold', $this->text($this->hint(self::PLAN)));
    }

    public function testNothingIsShownWhereThereIsNothing(): void
    {
        self::assertSame(['', '', '', ''], array_map('trim', [$this->rewards([], [], 9), $this->cashback([], [], 9), $this->memberships([]), $this->hint(null)]));
    }

    public function testNamesBringNoMarkup(): void
    {
        $name = ['name' => self::HOSTILE, 'description' => self::HOSTILE, 'image' => 'javascript:alert(1)'];
        $shown = ['plan' => self::PLAN, 'name' => self::HOSTILE, 'status' => self::HOSTILE, 'action' => self::HOSTILE];
        $pages = [
            $this->rewards([$name + self::REWARD], [$name + self::REDEMPTION], 500),
            $this->cashback([$name + self::RULE], [$name + self::PAYOUT], 500),
            $this->memberships([$shown]),
            $this->hint($name + self::PLAN),
        ];
        foreach ($pages as $html) {
            self::assertStringNotContainsString('<script', $html);
            self::assertStringNotContainsString('javascript:', $html);
            self::assertStringContainsString('&lt;script&gt;', $html);
        }
    }

    /**
     * @param array<int, array<string, mixed>> $rewards
     * @param array<int, array<string, mixed>> $redemptions
     */
    private function rewards(array $rewards, array $redemptions, int $points): string
    {
        $member = ['points' => $points, 'tier' => null, 'segments' => [], 'taken' => []];
        $offers = (new RewardOffers())->of($rewards, [], $member, 'en', '2026-03-01T10:00:00.000Z');

        return $this->page('account/rewards', new PageModel(['offers' => $offers, 'redemptions' => $redemptions]));
    }

    /**
     * @param array<int, array<string, mixed>> $rules
     * @param array<int, array<string, mixed>> $payouts
     */
    private function cashback(array $rules, array $payouts, int $points): string
    {
        return $this->page('account/cashback', new PageModel(['rules' => (new PayableCashback())->of($rules, $points, 100), 'payouts' => $payouts]));
    }

    /** @param array<int, array<string, mixed>> $shown */
    private function memberships(array $shown): string
    {
        return $this->page('account/memberships', new PageModel(['shown' => $shown]));
    }

    /** @param array<string, mixed>|null $plan */
    private function hint(?array $plan): string
    {
        return $this->page('product/membership', new PageModel(['ofProduct' => $plan]));
    }

    private function page(string $template, PageModel $model): string
    {
        $block = new PageBlock(['model' => $model, 'figures' => new PageFigures()]);
        $escaper = new PageEscaper();
        ob_start();
        include dirname(__DIR__, 3) . "/view/frontend/templates/{$template}.phtml";

        return (string) ob_get_clean();
    }

    private function text(string $html): string
    {
        return trim((string) preg_replace('/\s+/', ' ', html_entity_decode((string) preg_replace('/<[^>]*>/', ' ', $html))));
    }
}
