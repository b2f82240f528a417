<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Customer\Model\Config\Share;

/** Records for every sidecar that has to know; what happened before it was paired, it reads then. */
class Recorder
{
    public function __construct(private readonly ProgrammeScope $scope, private readonly Outbox $outbox, private readonly Share $sharing)
    {
    }

    /** Tells the sidecar of the store in which it was ordered. */
    public function recordOrder(string $type, int|string|null $orderId, int|string|null $storeId): void
    {
        $this->record($type, (int) $orderId, [$this->scope->ofStore($storeId)]);
    }

    /** Where websites share customers, a customer may be a member everywhere. */
    public function recordCustomer(string $type, int|string|null $customerId, int|string|null $websiteId): void
    {
        $this->record($type, (int) $customerId, $this->sharing->isGlobalScope() ? $this->scope->paired() : [$this->scope->ofWebsite((int) $websiteId)]);
    }

    public function recordProduct(string $type, int|string|null $productId): void
    {
        $this->record($type, (int) $productId, $this->scope->paired());
    }

    /** @param int[] $scopes */
    private function record(string $type, int $entityId, array $scopes): void
    {
        foreach ($entityId > 0 ? array_intersect($scopes, $this->scope->paired()) : [] as $scope) {
            $this->outbox->record($type, $entityId, $scope);
        }
    }
}
