<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\NoticeTable;
use Loyalty\Sidecar\Test\Unit\Fake\FakeDatabase;
use PHPUnit\Framework\TestCase;

final class NoticeTableTest extends TestCase
{
    private FakeDatabase $database;
    private NoticeTable $table;

    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
    }

    protected function setUp(): void
    {
        $this->database = new FakeDatabase(['loyalty_notice' => ['notice_id', 'customer_id']]);
        $this->table = new NoticeTable($this->database);
    }

    public function testANoticeIsTakenOnce(): void
    {
        self::assertNull($this->table->claim('n1', 7));
        $second = $this->table->claim('n1', 7);
        self::assertSame('sending', $second);
        self::assertTrue($this->table->isSending($second));
    }

    public function testTheSameNoticeOfAnotherCustomerIsAnother(): void
    {
        self::assertNull($this->table->claim('n1', 7));
        self::assertNull($this->table->claim('n1', 8));
    }

    public function testWhatBecameOfItIsKept(): void
    {
        $this->table->claim('n1', 7);
        $this->table->settle('n1', 7, 'sent');
        self::assertSame('sent', $this->table->claim('n1', 7));
        self::assertFalse($this->table->isSending('sent'));
    }

    public function testWhatWasReleasedIsToldAnew(): void
    {
        $this->table->claim('n1', 7);
        $this->table->release('n1', 7);
        self::assertNull($this->table->claim('n1', 7));
    }

    public function testAProcessThatDiedLosesItsClaimToOneOther(): void
    {
        $this->table->claim('n1', 7);
        $this->isFrom(-901);
        self::assertNull($this->table->claim('n1', 7));
        self::assertSame('sending', $this->table->claim('n1', 7));
    }

    public function testWhatHasEndedIsNeverTakenAgain(): void
    {
        $this->table->claim('n1', 7);
        $this->table->settle('n1', 7, 'no_consent');
        $this->isFrom(-86400);
        self::assertSame('no_consent', $this->table->claim('n1', 7));
    }

    public function testWhatIsOldIsForgotten(): void
    {
        $this->table->claim('old', 7);
        $this->isFrom(-91 * 86400);
        $this->table->claim('new', 7);
        $this->table->purge();
        self::assertSame(['new'], array_column($this->database->rows['loyalty_notice'], 'notice_id'));
    }

    private function isFrom(int $seconds): void
    {
        foreach ($this->database->rows['loyalty_notice'] as $index => $row) {
            $this->database->rows['loyalty_notice'][$index] = ['told_at' => gmdate('Y-m-d H:i:s', time() + $seconds)] + $row;
        }
    }
}
