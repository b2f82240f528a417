<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\CampaignsNow;
use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Service\HistoryWords;
use Magento\Framework\Phrase;
use Magento\Framework\Serialize\Serializer\Json;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Store\Model\StoreManagerInterface;

/** Balance, tier, vouchers and latest changes of the customer who is logged in. */
class AccountPage implements ArgumentInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly StoreManagerInterface $stores,
        private readonly HistoryWords $words,
        private readonly Figures $figures,
        private readonly Json $json,
        private readonly CampaignsNow $campaigns,
    ) {
    }

    /** @return array<string, mixed>|null row of the mirror; null while there is none */
    public function member(): ?array
    {
        return $this->shopper->member();
    }

    /** @return string[] names of the campaigns that run for the customer, whatever their group */
    public function campaigns(): array
    {
        $member = $this->member();

        return array_column(
            $this->campaigns->forMember($this->programmes->currentTerms(), $member, $member['tier'] ?? null, null),
            'name',
        );
    }

    /** @return array<int|string, mixed> e.g. `vouchers`; empty when the sidecar says nothing of it */
    public function details(string $name): array
    {
        return MemberTable::details($this->member(), $name);
    }

    public function worth(int $points): ?string
    {
        return $this->figures->worth($points, (string) $this->stores->getStore()->getCurrentCurrencyCode());
    }

    public function hasTiers(): bool
    {
        return $this->programmes->currentTerms()->tiers() !== [];
    }

    public function tierName(string $code): string
    {
        return $this->programmes->currentTerms()->tierName($code);
    }

    /** What a tier asks for, in units of the tiers' metric. */
    public function threshold(string $code): int
    {
        return (int) (array_column($this->programmes->currentTerms()->tiers(), 'threshold', 'code')[$code] ?? 0);
    }

    /** An amount of the tiers' metric: money where turnover counts, else a number. */
    public function measure(int $amount): string
    {
        $terms = $this->programmes->currentTerms();
        $currency = $terms->turnoverCurrency();

        return $currency === null ? $this->figures->number($amount) : $this->figures->money($amount / $terms->unit($currency), $currency);
    }

    /** @return array<int, array{code: string, value: string, minimum: string|null, until: string|null}> the first to end first */
    public function vouchers(): array
    {
        // The sidecar takes an ended one away within the hour; this is for the time until then.
        $now = gmdate('Y-m-d\TH:i:s.v\Z');
        $usable = array_filter(MemberTable::details($this->member(), 'vouchers'), static fn (array $voucher): bool => ($voucher['until'] ?? null) === null || $voucher['until'] >= $now);

        return array_values(array_map(fn (array $voucher): array => [
            'code' => (string) $voucher['code'],
            'value' => ($voucher['percent'] ?? null) === null
                ? $this->figures->money((float) $voucher['value'], (string) $voucher['currency'])
                : $this->figures->percent((float) $voucher['percent']),
            'minimum' => $voucher['minimum'] > 0 ? $this->figures->money((float) $voucher['minimum'], (string) $voucher['currency']) : null,
            'until' => ($voucher['until'] ?? null) === null ? null : $this->figures->lastDay((string) $voucher['until']),
        ], $usable));
    }

    /**
     * @param array<int|string, mixed> $said sentences by language
     * @return string[] in the language of the page, else in English
     */
    private function why(array $said): array
    {
        return array_values(array_filter((array) ($said[$this->figures->language()] ?? $said['en'] ?? []), 'is_string'));
    }

    /** @return array{text: Phrase|null, link: string}|null what is asked of the member, and where; null without terms */
    public function terms(): ?array
    {
        $terms = $this->details('terms');
        if (!is_string($terms['page'] ?? null) || !is_string($terms['key'] ?? null)) {
            return null;
        }
        $asked = match (true) {
            ($terms['isAsked'] ?? false) !== true => null,
            ($terms['isBlocked'] ?? false) === true => __('Please accept the terms of participation first: until then you collect no points and cannot use any.'),
            is_string($terms['dueAt'] ?? null) => __('Our terms of participation have changed. Please accept them by %1 to go on collecting points.', $this->figures->day($terms['dueAt'])),
            default => __('Please read our terms of participation and accept them.'),
        };

        return ['text' => $asked, 'link' => $this->signedLink($terms)];
    }

    /** @param array<int|string, mixed> $signed a page of the sidecar, and the key that lets it speak for the customer */
    private function signedLink(array $signed): string
    {
        return $signed['page'] . '/' . $this->figures->language() . '?' . http_build_query(['for' => $signed['key']]);
    }

    /** @return string|null the way to quizzes and surveys; null = the programme has none */
    public function takePartLink(): ?string
    {
        $activities = $this->details('activities');

        if (!is_string($activities['page'] ?? null) || !is_string($activities['key'] ?? null)) {
            return null;
        }
        $place = ((array) ($activities['places'] ?? []))[(string) $this->stores->getStore()->getId()] ?? null;

        return $this->signedLink($activities) . (is_string($place) ? '&' . http_build_query(['in' => $place]) : '');
    }

    /** @param array<int|string, mixed> $company what the sidecar says of it */
    public function roleIn(array $company): Phrase
    {
        return match ($company['role'] ?? null) {
            'admin' => __('You look after this company.'),
            'approver' => __('You buy for this company and approve orders of colleagues.'),
            default => __('You buy for this company.'),
        };
    }

    /** @return array<int, array{at: string, what: Phrase, points: int, why: string[]}> newest first */
    public function history(): array
    {
        $text = $this->member()['history'] ?? null;
        $lines = is_string($text) && $text !== '' ? $this->json->unserialize($text) : [];
        $shown = [];
        foreach ($lines as $line) {
            $words = $this->words->of((string) $line['kind']);
            if ($words !== null) {
                $order = (string) ($line['order'] ?? '');
                $released = $this->figures->number((int) $line['released']);
                $shown[] = ['at' => (string) $line['at'], 'what' => __($words, $order, $released), 'points' => (int) $line['points'], 'why' => $this->why((array) ($line['why'] ?? []))];
            }
        }

        return $shown;
    }
}
