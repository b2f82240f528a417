<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

/** Records for the sidecar once there is one; what happened before, it reads when it is paired. */
class Recorder
{
    public function __construct(private readonly Config $config, private readonly Outbox $outbox)
    {
    }

    public function record(string $type, int|string|null $entityId, int|string|null $storeId = 0): void
    {
        if ((int) $entityId > 0 && $this->config->isPaired()) {
            $this->outbox->record($type, (int) $entityId, (int) $storeId);
        }
    }
}
