<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Service\PayableCashback;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** Points as money, for the customer who is logged in. */
class Cashback implements ArgumentInterface
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly Programmes $programmes,
        private readonly PayableCashback $payable,
        private readonly Figures $figures,
    ) {
    }

    /** @return array<int, array<string, mixed>> see {@see PayableCashback} */
    public function rules(): array
    {
        $member = $this->shopper->member();
        if ($member === null) {
            return [];
        }
        $terms = $this->programmes->currentTerms();

        return $this->payable->of($terms->section('cashback'), (int) $member['available_points'], $terms->unit((string) $terms->baseCurrency()));
    }

    /** @return array<int, array<string, mixed>> latest first */
    public function payouts(): array
    {
        return array_filter(MemberTable::details($this->shopper->member(), 'cashback'), 'is_array');
    }

    /** @param string|null $currency null = that of the programme */
    public function money(int $minor, ?string $currency = null): string
    {
        $terms = $this->programmes->currentTerms();
        $currency ??= (string) $terms->baseCurrency();

        return $this->figures->money($minor / $terms->unit($currency), $currency);
    }

    public function state(string $state): Phrase
    {
        return match ($state) {
            'requested' => __('Payment is on its way'),
            'paid' => __('Paid'),
            default => __('Failed, points are back'),
        };
    }

    /** @return Phrase|null when it is paid without being asked for */
    public function automatic(?string $every): ?Phrase
    {
        return match ($every) {
            'month' => __('Also paid by itself after every month.'),
            'quarter' => __('Also paid by itself after every quarter.'),
            'year' => __('Also paid by itself after every year.'),
            default => null,
        };
    }

    /** Made with the page, so that a form sent twice is one wish. */
    public function newKey(): string
    {
        return bin2hex(random_bytes(16));
    }
}
