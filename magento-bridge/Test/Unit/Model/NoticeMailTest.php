<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\MailSettings;
use Loyalty\Sidecar\Model\NoticeMail;
use Loyalty\Sidecar\Model\NoticeValues;
use Loyalty\Sidecar\Test\Unit\Fake\FakeCustomers;
use Loyalty\Sidecar\Test\Unit\Fake\FakeMailer;
use Loyalty\Sidecar\Test\Unit\Fake\FakeSettings;
use Loyalty\Sidecar\Test\Unit\Fake\FakeStores;
use Loyalty\Sidecar\Test\Unit\Fake\FakeSurroundings;
use Magento\Framework\Translate\Inline\StateInterface;
use PHPUnit\Framework\TestCase;

final class NoticeMailTest extends TestCase
{
    private const NOTICE = ['kind' => 'welcome', 'figures' => ['points' => 5]];
    private FakeMailer $mailer;
    private FakeSurroundings $surroundings;

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
    }

    public function testWritesInTheLanguageOfTheStoreWithItsTemplateAndSender(): void
    {
        $this->mail(['copy_to' => 'a@shop.example, b@shop.example,'])->send(self::NOTICE, (new FakeCustomers([7 => 2]))->getById(7), 2, 0);
        self::assertCount(1, $this->mailer->sent);
        $sent = $this->mailer->sent[0];
        self::assertSame(['welcome_template'], $sent['setTemplateIdentifier']);
        self::assertSame([['area' => 'frontend', 'store' => 2]], $sent['setTemplateOptions']);
        self::assertSame(['general', 2], $sent['setFromByScope']);
        self::assertSame(['ann@example.com', 'Ann'], $sent['addTo']);
        self::assertSame(['a@shop.example', 'b@shop.example'], $sent['addBcc']);
        self::assertSame(['points' => '5 points of scope 0', 'firstName' => 'Ann'], array_diff_key($sent['setTemplateVars'][0], ['store' => 1]));
        self::assertSame(2, $sent['setTemplateVars'][0]['store']->getId());
        self::assertSame(['emulate 2 frontend', 'suspend', 'resume', 'stop'], $this->surroundings->steps);
    }

    public function testNobodyGetsACopyWhereNobodyIsNamed(): void
    {
        $this->mail([])->send(self::NOTICE, (new FakeCustomers([7 => 1]))->getById(7), 1, 0);
        self::assertArrayNotHasKey('addBcc', $this->mailer->sent[0]);
    }

    public function testTheRequestGoesOnAsBeforeWhenTheMailCannotBeSent(): void
    {
        $mail = $this->mail([]);
        $this->mailer->isBroken = true;
        try {
            $mail->send(self::NOTICE, (new FakeCustomers([7 => 1]))->getById(7), 1, 0);
            self::fail('The fault was swallowed.');
        } catch (\RuntimeException) {
            self::assertSame(['emulate 1 frontend', 'suspend', 'resume', 'stop'], $this->surroundings->steps);
        }
    }

    /** @param array<string, string> $settings */
    private function mail(array $settings): NoticeMail
    {
        $values = ['template' => 'welcome_template', 'identity' => 'general', ...$settings];
        $paths = array_map(static fn (string $field): string => 'loyalty/mail_welcome/' . $field, array_keys($values));
        $this->mailer = new FakeMailer();
        $this->surroundings = new FakeSurroundings();
        $steps = $this->surroundings;
        $inline = new class ($steps) implements StateInterface {
            public function __construct(private readonly FakeSurroundings $surroundings)
            {
            }

            public function suspend(): void
            {
                $this->surroundings->steps[] = 'suspend';
            }

            public function resume(): void
            {
                $this->surroundings->steps[] = 'resume';
            }
        };
        $figures = new class () extends NoticeValues {
            public function __construct()
            {
            }

            public function read(string $kind, array $figures, int $scope): array
            {
                return ['points' => "{$figures['points']} points of scope {$scope}"];
            }
        };

        return new NoticeMail($this->mailer, $inline, $steps, new FakeStores(), new MailSettings(new FakeSettings(array_combine($paths, $values))), $figures);
    }
}
