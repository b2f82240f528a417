<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

/** Handles the topic `loyalty.outbox`. */
class OutboxConsumer
{
    public function __construct(private readonly OutboxSender $sender)
    {
    }

    /** @param string $message says only that something waits; what it is, stands in the outbox */
    public function process(string $message): void
    {
        $this->sender->run();
    }
}
