<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\TermsTable;
use Loyalty\Sidecar\Test\Unit\Fake\FakeDatabase;
use Loyalty\Sidecar\Test\Unit\Fake\FakePages;
use Magento\Framework\Serialize\Serializer\Json;
use PHPUnit\Framework\TestCase;

final class TermsTableTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
    }

    public function testCachedPagesGoWhenTheProgrammeIsAnotherAndOnlyThen(): void
    {
        $pages = new FakePages();
        $json = new class () extends Json {
            public function serialize(mixed $data): string
            {
                return json_encode($data, JSON_THROW_ON_ERROR);
            }
        };
        $table = new TermsTable(new FakeDatabase(['loyalty_terms' => ['website_id']]), $json, $pages);
        $table->replace(0, ['programmeVersionId' => 'a']);
        $table->replace(0, ['programmeVersionId' => 'a']);
        self::assertSame(1, $pages->programmes);
        $table->replace(0, ['programmeVersionId' => 'b']);
        self::assertSame(2, $pages->programmes);
        $table->replace(0, null);
        $table->replace(0, null);
        self::assertSame(3, $pages->programmes);
    }
}
