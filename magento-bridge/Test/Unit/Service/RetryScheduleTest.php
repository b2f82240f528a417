<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\RetrySchedule;
use PHPUnit\Framework\TestCase;

final class RetryScheduleTest extends TestCase
{
    public function testDoublesUpToALimitAndThenGivesUp(): void
    {
        $waits = array_map((new RetrySchedule())->waitSeconds(...), range(1, RetrySchedule::MAX_ATTEMPTS));
        self::assertSame([30, 60, 120], array_slice($waits, 0, 3));
        self::assertNull(array_pop($waits));
        self::assertSame(21600, max($waits));
        self::assertNotContains(null, $waits);
        // A sidecar may be away over a long weekend.
        self::assertGreaterThan(2 * 86400, array_sum($waits));
    }
}
