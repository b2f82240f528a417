<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Cron;

use Loyalty\Sidecar\Model\NoticeTable;

class PurgeNotices
{
    public function __construct(private readonly NoticeTable $notices)
    {
    }

    public function execute(): void
    {
        $this->notices->purge();
    }
}
