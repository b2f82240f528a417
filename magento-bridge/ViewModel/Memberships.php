<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Catalog\Api\ProductRepositoryInterface;
use Magento\Framework\Exception\NoSuchEntityException;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** Paid memberships: those of the customer who is logged in, and those that are sold. */
class Memberships implements ArgumentInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly ProductRepositoryInterface $products,
        private readonly Figures $figures,
    ) {
    }

    /** @return array<int, array{plan: array<string, mixed>, name: string, status: Phrase, action: Phrase}> those that last, that ended, that can be bought */
    public function shown(): array
    {
        $member = $this->shopper->member();
        $plans = array_column($this->programmes->currentTerms()->section('memberships'), null, 'code');
        $shown = [];
        foreach (MemberTable::details($member, 'memberships') as $one) {
            $shown[$one['code']] = ['plan' => $plans[$one['code']] ?? [], 'name' => (string) $one['name'], 'status' => $this->lasting($one), 'action' => __('Renew')];
        }
        foreach (MemberTable::details($member, 'ended_memberships') as $one) {
            if (isset($plans[$one['code']]) && !isset($shown[$one['code']])) {
                $status = __('Ended on %1.', $this->figures->day((string) $one['endsAt']));
                $shown[$one['code']] = ['plan' => $plans[$one['code']], 'name' => (string) $one['name'], 'status' => $status, 'action' => __('Become a member again')];
            }
        }
        foreach ($plans as $code => $plan) {
            $shown[$code] ??= ['plan' => $plan, 'name' => (string) $plan['name'], 'status' => $this->term($plan), 'action' => __('Become a member')];
        }

        return array_values($shown);
    }

    /** @return array<string, mixed>|null the membership that a product is */
    public function ofProduct(string $sku): ?array
    {
        foreach ($this->programmes->currentTerms()->section('memberships') as $plan) {
            if (in_array($sku, (array) ($plan['products'] ?? []), true)) {
                return $plan;
            }
        }

        return null;
    }

    /** @param array<string, mixed> $plan */
    public function term(array $plan): Phrase
    {
        $months = (int) ($plan['months'] ?? 0);

        return $months > 0 ? __('%1 months', $months) : __('%1 days', (int) ($plan['days'] ?? 0));
    }

    /**
     * @param array<string, mixed> $plan
     * @return Phrase[]
     */
    public function brings(array $plan): array
    {
        $tier = $plan['tier'] ?? null;
        $multiplier = (int) ($plan['multiplierBps'] ?? 0);
        $welcome = (int) ($plan['welcomePoints'] ?? 0);

        return [
            ...(is_string($tier) ? [__('Tier %1 while it lasts', $this->programmes->currentTerms()->tierName($tier))] : []),
            ...($multiplier > 10_000 ? [__('%1 times the points', $this->figures->factor($multiplier))] : []),
            ...($welcome > 0 ? [__('%1 points as a welcome', $this->figures->number($welcome))] : []),
        ];
    }

    /**
     * @param array<string, mixed> $plan
     * @return string|null where it is sold
     */
    public function link(array $plan): ?string
    {
        foreach ((array) ($plan['products'] ?? []) as $sku) {
            try {
                $product = $this->products->get((string) $sku);
            } catch (NoSuchEntityException) {
                continue;
            }
            if ($product->isVisibleInSiteVisibility()) {
                return (string) $product->getProductUrl();
            }
        }

        return null;
    }

    /** @param array<string, mixed> $one */
    private function lasting(array $one): Phrase
    {
        $day = fn (string $field): string => $this->figures->day((string) ($one[$field] ?? $one['endsAt']));

        return $one['endsAt'] <= gmdate('Y-m-d\TH:i:s.v\Z')
            ? __('Ended on %1; everything it brings goes on until %2.', $day('endsAt'), $day('graceEndsAt'))
            : __('Active since %1, ends on %2.', $day('startsAt'), $day('endsAt'));
    }
}
