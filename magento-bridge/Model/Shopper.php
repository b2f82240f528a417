<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Authorization\Model\UserContextInterface;
use Magento\Framework\App\Http\Context;

/** Who is shopping in this request, as far as prices go. */
class Shopper
{
    /** In the context that cached pages are kept by: a page of one tier is never shown to another. */
    public const CONTEXT = 'loyalty_tier';

    /** The same for price lists of the shopper's company. */
    public const PRICES_CONTEXT = 'loyalty_prices';

    public function __construct(
        private readonly UserContextInterface $user,
        private readonly Context $context,
        private readonly MemberTable $members,
        private readonly ProgrammeScope $scope,
    ) {
    }

    /** @return int 0 = nobody is logged in */
    public function customerId(): int
    {
        return $this->user->getUserType() === UserContextInterface::USER_TYPE_CUSTOMER ? (int) $this->user->getUserId() : 0;
    }

    /** Whose programme applies to the shopper. */
    public function scope(): int
    {
        return $this->scope->current();
    }

    /** @return array<string, mixed>|null row of the mirror */
    public function member(): ?array
    {
        return $this->members->find($this->customerId(), $this->scope());
    }

    /** @return string|null code; while a page is made that will be cached, nobody is logged in, and the context knows */
    public function tier(): ?string
    {
        $noted = (string) $this->context->getValue(self::CONTEXT);

        return $noted !== '' ? $noted : ($this->member()['tier'] ?? null);
    }

    /** @return string[] keys of the prices the shopper buys at, the one that counts first: those of contracts, then the tier */
    public function priceKeys(): array
    {
        $tier = $this->tier();

        return $tier === null ? $this->contractKeys() : [...$this->contractKeys(), $tier];
    }

    /** @return string[] */
    public function contractKeys(): array
    {
        $noted = (string) $this->context->getValue(self::PRICES_CONTEXT);

        return $noted !== '' ? explode(',', $noted) : MemberTable::priceKeys($this->member());
    }
}
