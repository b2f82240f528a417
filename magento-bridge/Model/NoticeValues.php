<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\NoticeKinds;
use Magento\Framework\Locale\CurrencyInterface;
use Magento\Framework\Locale\ResolverInterface;
use Magento\Framework\Stdlib\DateTime\TimezoneInterface;

/** Figures of a notice as people read them, in the language of the store view that is emulated. */
class NoticeValues
{
    private const POINTS = ['points', 'balance'];
    private const OUTCOMES = ['approved', 'refused'];

    public function __construct(
        private readonly TimezoneInterface $timezone,
        private readonly ResolverInterface $locale,
        private readonly CurrencyInterface $currencies,
        private readonly TermsTable $terms,
    ) {
    }

    /**
     * What is nothing, such as a minimum of 0, is left out.
     *
     * @param array<string, int|string> $figures
     * @return array<string, string>
     */
    public function read(string $kind, array $figures, int $scope): array
    {
        $values = [];
        foreach ($figures as $name => $figure) {
            if ($figure !== 0) {
                $values[$name] = $this->value($kind, $name, $figure, $figures, $scope);
            }
        }
        $worth = $values['percentBps'] ?? $values['valueMinor'] ?? null;

        return $worth === null ? $values : [...$values, 'value' => $worth];
    }

    /** @param array<string, int|string> $figures */
    private function value(string $kind, string $name, int|string $figure, array $figures, int $scope): string
    {
        $form = NoticeKinds::FIGURES[$kind][$name] ?? 'text';
        if (str_starts_with($form, 'instant')) {
            return $this->timezone->formatDateTime((string) $figure, \IntlDateFormatter::LONG, \IntlDateFormatter::NONE);
        }
        if (in_array($name, self::POINTS, true)) {
            return (string) __('%1 points', $this->number((int) $figure));
        }
        if ($name === 'outcome' && in_array($figure, self::OUTCOMES, true)) {
            return (string) ($figure === 'approved' ? __('approved') : __('refused'));
        }

        return match ($name) {
            'days' => (string) __('%1 days', $figure),
            'percentBps' => $this->number($figure / 100) . ' %',
            'valueMinor', 'minimumMinor' => $this->money((int) $figure, (string) $figures['currency'], $scope),
            default => (string) $figure,
        };
    }

    private function number(int|float $value): string
    {
        return (string) (new \NumberFormatter($this->locale->getLocale(), \NumberFormatter::DECIMAL))->format($value);
    }

    private function money(int $minor, string $currency, int $scope): string
    {
        return $this->currencies->getCurrency($currency)->toCurrency($minor / $this->terms->find($scope)->unit($currency));
    }
}
