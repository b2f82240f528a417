<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Cron;

use Loyalty\Sidecar\Model\OutboxSender;

class SendOutbox
{
    public function __construct(private readonly OutboxSender $sender)
    {
    }

    public function execute(): void
    {
        $this->sender->run();
    }
}
