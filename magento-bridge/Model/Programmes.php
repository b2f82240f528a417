<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\Terms;
use Magento\Quote\Model\Quote;
use Magento\Sales\Model\Order;

/** The programme of a cart or an order, and who its customer is in it. */
class Programmes
{
    public function __construct(
        private readonly ProgrammeScope $scope,
        private readonly TermsTable $terms,
        private readonly MemberTable $members,
    ) {
    }

    public function scopeOf(Quote|Order $of): int
    {
        return $this->scope->ofStore($of->getStoreId());
    }

    public function termsOf(Quote|Order $of): Terms
    {
        return $this->terms->find($this->scopeOf($of))->inStore((int) $of->getStoreId());
    }

    /** @return array<string, mixed>|null row of the mirror; null for guests and while there is none */
    public function memberOf(Quote|Order $of): ?array
    {
        return $this->members->find((int) $of->getCustomerId(), $this->scopeOf($of));
    }

    /** The programme of the website that is looked at, as its store reads it. */
    public function currentTerms(): Terms
    {
        return $this->terms->find($this->scope->current())->inStore($this->scope->currentStore());
    }
}
