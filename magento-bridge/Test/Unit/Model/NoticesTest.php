<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\MailSettings;
use Loyalty\Sidecar\Model\NoticeMail;
use Loyalty\Sidecar\Model\Notices;
use Loyalty\Sidecar\Model\NoticeTable;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Loyalty\Sidecar\Service\NoticeRow;
use Loyalty\Sidecar\Test\Unit\Fake\FakeCustomers;
use Loyalty\Sidecar\Test\Unit\Fake\FakeDatabase;
use Loyalty\Sidecar\Test\Unit\Fake\FakeSettings;
use Loyalty\Sidecar\Test\Unit\Fake\FakeStores;
use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\Event\ManagerInterface;
use Magento\Framework\Exception\InputException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use Psr\Log\LoggerInterface;

final class NoticesTest extends TestCase
{
    private const NOTICE = [
        'notice_id' => 'n1',
        'kind' => 'points_available',
        'customer_id' => 7,
        'occurred_at' => '2026-03-01T10:00:00.000Z',
        'figures' => ['points' => 5, 'balance' => 12],
        'purpose' => 'transactional',
        'consent' => true,
    ];
    private const SWITCHED_ON = ['loyalty/mail/enabled' => '1', 'loyalty/mail_points_available/enabled' => '1'];

    private FakeDatabase $database;
    private NoticeMail $mail;
    private ManagerInterface $events;
    private LoggerInterface $logger;

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    protected function setUp(): void
    {
        $this->database = new FakeDatabase(['loyalty_notice' => ['notice_id', 'customer_id']]);
        $this->mail = new class () extends NoticeMail {
            /** @var array<int, array{string, int, int}> kind, store and scope */
            public array $sent = [];
            public bool $isBroken = false;

            public function __construct()
            {
            }

            public function send(array $notice, CustomerInterface $customer, int $storeId, int $scope): void
            {
                $this->isBroken ? throw new \RuntimeException('The mail server does not answer.') : $this->sent[] = [$notice['kind'], $storeId, $scope];
            }
        };
        $this->events = new class () implements ManagerInterface {
            /** @var array<int, array{string, string}> */
            public array $told = [];
            public bool $isBroken = false;

            /** @param array{notice: array<string, mixed>, mail: string} $data */
            public function dispatch(string $event, array $data): void
            {
                $this->told[] = [$event, $data['mail']];
                $this->isBroken && throw new \RuntimeException('An observer failed.');
            }
        };
        $this->logger = new class () implements LoggerInterface {
            /** @var string[] */
            public array $lines = [];

            /** @param array<string, mixed> $context */
            public function error(string $message, array $context): void
            {
                $this->lines[] = $message;
            }
        };
    }

    public function testAMemberIsWrittenToOnce(): void
    {
        self::assertSame([['notice_id' => 'n1', 'status' => 'sent', 'message' => null]], $this->notices()->tell('shop-1', [self::NOTICE]));
        self::assertSame(['repeated'], $this->statuses([self::NOTICE]));
        self::assertSame([['points_available', 2, 3]], $this->mail->sent);
        self::assertSame([['loyalty_notice', 'sent']], $this->events->told);
    }

    /**
     * @param array<string, mixed> $change
     * @param array<string, string> $settings
     */
    #[DataProvider('silences')]
    public function testWhoeverIsNotToBeWrittenToIsNot(array $change, array $settings, string $status): void
    {
        self::assertSame([$status], $this->statuses([$change + self::NOTICE], $settings));
        self::assertSame([], $this->mail->sent);
        self::assertSame([['loyalty_notice', $status]], $this->events->told);
        self::assertSame(['repeated'], $this->statuses([$change + self::NOTICE], $settings));
    }

    /** @return iterable<string, array{array<string, mixed>, array<string, string>, string}> */
    public static function silences(): iterable
    {
        yield 'without consent' => [['consent' => false], self::SWITCHED_ON, 'no_consent'];
        yield 'while all mails are off' => [[], ['loyalty/mail_points_available/enabled' => '1'], 'disabled'];
        yield 'while this kind is off' => [[], ['loyalty/mail/enabled' => '1'], 'disabled'];
        yield 'a customer who is gone' => [['customer_id' => 99], self::SWITCHED_ON, 'unknown_customer'];
    }

    #[DataProvider('stores')]
    public function testTheStoreIsThatOfTheCustomerElseThatOfTheWebsite(int $customerId, int $storeId): void
    {
        $this->statuses([['customer_id' => $customerId] + self::NOTICE]);
        self::assertSame([['points_available', $storeId, 3]], $this->mail->sent);
    }

    /** @return iterable<string, array{int, int}> */
    public static function stores(): iterable
    {
        yield 'their own' => [7, 2];
        yield 'one that is switched off' => [8, 1];
        yield 'one that was removed' => [9, 1];
        yield 'none: staff entered them' => [10, 1];
    }

    public function testAMailThatCannotGoOutIsToldAnewLater(): void
    {
        $this->mail->isBroken = true;
        self::assertSame(['failed'], $this->statuses([self::NOTICE]));
        self::assertSame([], $this->events->told);
        self::assertCount(1, $this->logger->lines);
        $this->mail->isBroken = false;
        self::assertSame(['sent'], $this->statuses([self::NOTICE]));
    }

    public function testWhatAnotherProcessIsSendingIsLeftToIt(): void
    {
        (new NoticeTable($this->database))->claim('n1', 7);
        self::assertSame(['failed'], $this->statuses([self::NOTICE]));
        self::assertSame([], $this->mail->sent);
    }

    public function testAnObserverThatFailsNeitherStopsTheMailNorRepeatsIt(): void
    {
        $this->events->isBroken = true;
        self::assertSame(['sent'], $this->statuses([self::NOTICE]));
        self::assertCount(1, $this->logger->lines);
        self::assertSame(['repeated'], $this->statuses([self::NOTICE]));
    }

    public function testOneWrongNoticeDoesNotStopTheOthers(): void
    {
        $wrong = ['notice_id' => 'n0', 'kind' => 'unheard_of'] + self::NOTICE;
        self::assertSame(['error', 'error', 'sent'], $this->statuses([$wrong, 'nothing', self::NOTICE]));
    }

    #[DataProvider('refused')]
    public function testOtherShopsAndListsWithoutEndAreRefused(string $shopId, mixed $notices): void
    {
        $this->expectException(InputException::class);
        $this->notices()->tell($shopId, $notices);
    }

    /** @return iterable<string, array{string, mixed}> */
    public static function refused(): iterable
    {
        yield 'another shop' => ['shop-2', []];
        yield 'no list' => ['shop-1', ['a' => self::NOTICE]];
        yield 'a word' => ['shop-1', 'all'];
        yield 'more than a hundred' => ['shop-1', array_fill(0, 101, self::NOTICE)];
    }

    /**
     * @param array<int, mixed> $notices
     * @param array<string, string> $settings
     * @return string[]
     */
    private function statuses(array $notices, array $settings = self::SWITCHED_ON): array
    {
        return array_column($this->notices($settings)->tell('shop-1', $notices), 'status');
    }

    /** @param array<string, string> $settings */
    private function notices(array $settings = self::SWITCHED_ON): Notices
    {
        $scope = new class () extends ProgrammeScope {
            public function __construct()
            {
            }

            public function ofShop(string $shopId): ?int
            {
                return $shopId === 'shop-1' ? 3 : null;
            }
        };
        $customers = new FakeCustomers([7 => 2, 8 => 3, 9 => 44, 10 => 0]);

        return new Notices(
            $scope,
            new NoticeRow(),
            new NoticeTable($this->database),
            $this->mail,
            new MailSettings(new FakeSettings($settings)),
            $customers,
            new FakeStores(),
            $this->events,
            $this->logger,
        );
    }
}
