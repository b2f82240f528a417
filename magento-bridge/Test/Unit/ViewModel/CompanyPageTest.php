<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\ViewModel;

use Loyalty\Sidecar\Model\CustomerNames;
use Loyalty\Sidecar\Model\SignedQuestion;
use Loyalty\Sidecar\Service\CompanyAnswer;
use Loyalty\Sidecar\Test\Unit\Fake\FakePairing;
use Loyalty\Sidecar\Test\Unit\Fake\FakeShopper;
use Loyalty\Sidecar\Test\Unit\Template\PageBlock;
use Loyalty\Sidecar\Test\Unit\Template\PageEscaper;
use Loyalty\Sidecar\Test\Unit\Template\PageFigures;
use Loyalty\Sidecar\ViewModel\CompanyPage;
use Loyalty\Sidecar\ViewModel\Figures;
use PHPUnit\Framework\TestCase;

final class CompanyPageTest extends TestCase
{
    private const MEMBER = ['details' => '{"company":{"name":"Miller"}}'];
    private const LIMITS = ['pointsPerOrder' => 100, 'pointsPerMonth' => 1000, 'approvalAbove' => 50];
    private const TIMES = ['requestedAt' => '2026-03-01T10:00:00.000Z', 'expiresAt' => '2026-03-15T10:00:00.000Z'];
    private const COMPANY = [
        'name' => 'Miller',
        'role' => 'approver',
        'pool' => ['available' => 2300, 'pending' => 20],
        'buyers' => [
            ['customerId' => '7', 'isSelf' => true, 'role' => 'approver', 'limits' => []],
            ['customerId' => '8', 'isSelf' => false, 'role' => 'buyer', 'limits' => self::LIMITS],
            ['customerId' => null, 'isSelf' => false, 'role' => 'admin', 'limits' => []],
        ],
        'requests' => [
            ['approvalId' => 'a1', 'customerId' => '8', 'isOwn' => false, 'points' => 200] + self::TIMES,
            ['approvalId' => 'a2', 'customerId' => '7', 'isOwn' => true, 'points' => 300] + self::TIMES,
        ],
    ];

    private int $questions = 0;

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    public function testAnApproverAnswersTheRequestsOfOthers(): void
    {
        $html = $this->page(self::COMPANY);
        self::assertStringContainsString('200 points for Ann Buyer · asked on 2026-03-01 · Until 2026-03-15 Approve Refuse', $this->text($html));
        self::assertStringContainsString('300 points · asked on 2026-03-01 · Until 2026-03-15 Somebody else has to answer your own request.', $this->text($html));
        self::assertSame(2, substr_count($html, '<form method="post" action="https://shop.example/loyalty/account/wish">'));
        self::assertSame(2, substr_count($html, 'name="code" value="a1"'));
        self::assertSame(2, substr_count($html, 'name="form_key"'));
        self::assertStringContainsString('aria-label="Approve: 200 points for Ann Buyer"', $html);
        self::assertSame(1, $this->questions);
    }

    public function testAnApproverSeesEverybodysLimits(): void
    {
        $text = $this->text($this->page(self::COMPANY));
        self::assertStringContainsString('Shared points 2300 Pending 20', $text);
        self::assertStringContainsString('You Buys and approves Without limits', $text);
        self::assertStringContainsString('Ann Buyer Buys Up to 100 points an order Up to 1000 points a month More than 50 points need an approval', $text);
        self::assertStringContainsString('A colleague without an account in this shop Looks after the company', $text);
    }

    public function testABuyerSeesTheirOwnLimitsAndRequests(): void
    {
        $buyers = [['customerId' => '7', 'isSelf' => true, 'role' => 'buyer', 'limits' => self::LIMITS], ['limits' => null] + self::COMPANY['buyers'][1]];
        $html = $this->page(['role' => 'buyer', 'pool' => null, 'buyers' => $buyers, 'requests' => [self::COMPANY['requests'][1]]] + self::COMPANY);
        $text = $this->text($html);
        self::assertStringContainsString('Everybody in this company has points of their own. Up to 100 points an order', $text);
        self::assertStringContainsString('Your requests 300 points', $text);
        self::assertStringNotContainsString('<form', $html);
        self::assertStringNotContainsString('Limits', $text);
    }

    public function testASidecarThatDoesNotAnswerIsSaid(): void
    {
        $html = $this->page(null, 0);
        self::assertStringContainsString('role="alert"', $html);
        self::assertStringContainsString('Please try again in a minute', $html);
        self::assertSame(1, $this->questions);
    }

    public function testTheMenuAsksNobody(): void
    {
        self::assertTrue($this->model(self::COMPANY)->isThere());
        self::assertFalse($this->model(self::COMPANY, 200, ['details' => null])->isThere());
        self::assertSame(0, $this->questions);
    }

    public function testNamesBringNoMarkup(): void
    {
        $html = $this->page(['name' => '<script>alert(1)</script>'] + self::COMPANY);
        self::assertStringNotContainsString('<script', $html);
        self::assertStringContainsString('&lt;script&gt;', $html);
    }

    /**
     * @param array<string, mixed>|null $company
     * @param array<string, mixed> $member
     */
    private function model(?array $company, int $status = 200, array $member = self::MEMBER): CompanyPage
    {
        $this->questions = 0;
        $count = function (): void {
            $this->questions++;
        };
        $question = new class ($status, $company, $count) extends SignedQuestion {
            /** @param array<string, mixed>|null $company */
            public function __construct(private readonly int $status, private readonly ?array $company, private readonly \Closure $count)
            {
            }

            public function company(int $scope, int $customerId, int $timeoutMs): array
            {
                ($this->count)();

                return ['status' => $this->status, 'body' => ['company' => $this->company]];
            }
        };
        $names = new class () extends CustomerNames {
            public function __construct()
            {
            }

            public function of(array $customerIds): array
            {
                return array_intersect_key([7 => 'Bob Buyer', 8 => 'Ann Buyer'], array_flip($customerIds));
            }
        };
        $figures = new class () extends Figures {
            public function __construct()
            {
            }

            public function number(int|float $number): string
            {
                return (string) $number;
            }
        };

        return new CompanyPage(new FakeShopper($member), new FakePairing('https://sidecar.example'), $question, new CompanyAnswer(), $names, $figures);
    }

    /** @param array<string, mixed>|null $company */
    private function page(?array $company, int $status = 200): string
    {
        $block = new PageBlock(['model' => $this->model($company, $status), 'figures' => new PageFigures()]);
        $escaper = new PageEscaper();
        ob_start();
        include dirname(__DIR__, 3) . '/view/frontend/templates/account/company.phtml';

        return (string) ob_get_clean();
    }

    private function text(string $html): string
    {
        return trim((string) preg_replace('/\s+/', ' ', html_entity_decode((string) preg_replace('/<[^>]*>/', ' ', $html))));
    }
}
