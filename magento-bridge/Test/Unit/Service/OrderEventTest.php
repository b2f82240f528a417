<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\OrderEvent;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class OrderEventTest extends TestCase
{
    #[DataProvider('saves')]
    public function testTellsWhatTheSaveMeant(?string $before, string $after, string $type): void
    {
        self::assertSame($type, (new OrderEvent())->type($before, $after));
    }

    /** @return iterable<string, array{string|null, string, string}> */
    public static function saves(): iterable
    {
        yield 'a new order' => [null, 'new', 'order.placed'];
        yield 'a new order that needs no payment' => [null, 'complete', 'order.placed'];
        yield 'cancelled' => ['new', 'canceled', 'order.cancelled'];
        yield 'saved again after that' => ['canceled', 'canceled', 'order.saved'];
        yield 'completed' => ['processing', 'complete', 'order.completed'];
        yield 'saved again after that, too' => ['complete', 'complete', 'order.saved'];
        yield 'paid' => ['new', 'processing', 'order.saved'];
        yield 'refunded' => ['complete', 'closed', 'order.saved'];
    }

    public function testAnOrderIsCompletedOnce(): void
    {
        $event = new OrderEvent();
        self::assertTrue($event->isCompletion('processing', 'complete'));
        self::assertTrue($event->isCompletion(null, 'complete'));
        self::assertFalse($event->isCompletion('complete', 'complete'));
        self::assertFalse($event->isCompletion('processing', 'closed'));
    }
}
