<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What a saved order tells. */
class OrderEvent
{
    /** @param string|null $before state before the save; null = the order is new */
    public function type(?string $before, string $after): string
    {
        if ($before === null) {
            return 'order.placed';
        }
        if ($before !== $after && $after === 'canceled') {
            return 'order.cancelled';
        }
        if ($this->isCompletion($before, $after)) {
            return 'order.completed';
        }

        return 'order.saved';
    }

    public function isCompletion(?string $before, string $after): bool
    {
        return $before !== $after && $after === 'complete';
    }
}
