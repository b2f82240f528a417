<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\ViewModel;

use Loyalty\Sidecar\Service\QrCode;
use Loyalty\Sidecar\Test\Unit\Fake\FakeShopper;
use Loyalty\Sidecar\Test\Unit\Template\PageBlock;
use Loyalty\Sidecar\Test\Unit\Template\PageEscaper;
use Loyalty\Sidecar\Test\Unit\Template\PageFigures;
use Loyalty\Sidecar\ViewModel\Referral;
use Magento\Store\Model\StoreManagerInterface;
use PHPUnit\Framework\TestCase;

final class ReferralTest extends TestCase
{
    private const MEMBER = ['referral_code' => 'ANN-4711', 'rewarded_referrals' => '2', 'details' => '{"referrals":{"pending":1,"points":1000}}'];
    private const LINK = 'https://shop.example/?ref=ANN-4711';

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    public function testTheLinkTravelsByMailAndWhatsApp(): void
    {
        $model = $this->model(self::MEMBER, 'Lamps & More');
        self::assertSame(self::LINK, $model->link());
        parse_str((string) parse_url($model->mailLink(), PHP_URL_QUERY), $mail);
        self::assertSame('A discount for you at Lamps & More', $mail['subject']);
        self::assertSame('I like shopping at Lamps & More. With my link you get a discount on your first order: ' . self::LINK, $mail['body']);
        self::assertStringNotContainsString('+', $model->mailLink());
        parse_str((string) parse_url($model->whatsAppLink(), PHP_URL_QUERY), $message);
        self::assertSame($mail['body'], $message['text']);
    }

    public function testWhoHasNoCodeHasNoPage(): void
    {
        foreach ([null, ['referral_code' => null, 'details' => null]] as $member) {
            self::assertFalse($this->model($member)->isThere());
            self::assertStringContainsString('Your link will be shown here', $this->page($member));
        }
        self::assertTrue($this->model(self::MEMBER)->isThere());
    }

    public function testThePageShowsLinkCodePictureAndFigures(): void
    {
        $html = $this->page(self::MEMBER);
        self::assertStringContainsString('readonly value="' . self::LINK . '"', $html);
        self::assertStringContainsString('<svg xmlns="http://www.w3.org/2000/svg"', $html);
        self::assertStringContainsString('href="https://wa.me/?text=', $html);
        self::assertMatchesRegularExpression('/earned you a reward<\/dt>\s*<dd class="loyalty-figure">2</', $html);
        self::assertMatchesRegularExpression('/Points your friends have earned you<\/dt>\s*<dd class="loyalty-figure">1000</', $html);
        // What needs a script is only shown by it.
        self::assertSame(2, preg_match_all('/<(button|li)[^>]* hidden>/', $html));
    }

    public function testALinkThatIsTooLongHasNoPicture(): void
    {
        $html = $this->page(['referral_code' => str_repeat('A', 250)] + self::MEMBER);
        self::assertStringNotContainsString('<svg', $html);
        self::assertStringContainsString('readonly value=', $html);
    }

    public function testNamesBringNoMarkup(): void
    {
        self::assertStringNotContainsString('<script', $this->page(self::MEMBER, '"><script>alert(1)</script>'));
    }

    /** @param array<string, mixed>|null $member */
    private function model(?array $member, string $shop = 'Lamps'): Referral
    {
        $stores = new class ($shop) implements StoreManagerInterface {
            public function __construct(private readonly string $name)
            {
            }

            public function getStore(): self
            {
                return $this;
            }

            public function getFrontendName(): string
            {
                return $this->name;
            }

            /** @param array{_query: array<string, string>} $parameters */
            public function getUrl(string $path, array $parameters): string
            {
                return 'https://shop.example/' . $path . '?' . http_build_query($parameters['_query']);
            }
        };

        return new Referral(new FakeShopper($member), $stores, new QrCode());
    }

    /** @param array<string, mixed>|null $member */
    private function page(?array $member, string $shop = 'Lamps'): string
    {
        $block = new PageBlock(['model' => $this->model($member, $shop), 'figures' => new PageFigures()]);
        $escaper = new PageEscaper();
        ob_start();
        include dirname(__DIR__, 3) . '/view/frontend/templates/account/referral.phtml';

        return (string) ob_get_clean();
    }
}
