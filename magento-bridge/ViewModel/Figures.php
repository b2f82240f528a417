<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\Programmes;
use Magento\Framework\Locale\ResolverInterface;
use Magento\Framework\Pricing\PriceCurrencyInterface;
use Magento\Framework\Stdlib\DateTime\TimezoneInterface;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** Points, money and days as the shopper's language writes them. */
class Figures implements ArgumentInterface
{
    public function __construct(
        private readonly ResolverInterface $locale,
        private readonly PriceCurrencyInterface $prices,
        private readonly TimezoneInterface $timezone,
        private readonly Programmes $programmes,
    ) {
    }

    public function number(int|float $number): string
    {
        return (string) (new \NumberFormatter($this->locale->getLocale(), \NumberFormatter::DECIMAL))->format($number);
    }

    /** A factor in hundredths of a percent, e.g. `1.5` for 15,000. */
    public function factor(int $bps): string
    {
        return (string) (new \NumberFormatter($this->locale->getLocale(), \NumberFormatter::DECIMAL))->format($bps / 10_000);
    }

    /** Two letters, e.g. `de`. */
    public function language(): string
    {
        return strtolower(substr((string) $this->locale->getLocale(), 0, 2));
    }

    public function money(float $amount, ?string $currency = null): string
    {
        return $this->prices->format($amount, false, PriceCurrencyInterface::DEFAULT_PRECISION, null, $currency);
    }

    /** @param string $time ISO 8601 or Magento's own, UTC */
    public function day(string $time): string
    {
        return $this->timezone->formatDate(new \DateTime($time, new \DateTimeZone('UTC')), \IntlDateFormatter::MEDIUM);
    }

    public function percent(float $percent): string
    {
        return $this->number($percent) . ' %';
    }

    /** The day itself, whatever the store's time zone: shops take codes by days. */
    public function lastDay(string $time): string
    {
        $day = new \IntlDateFormatter($this->locale->getLocale(), \IntlDateFormatter::MEDIUM, \IntlDateFormatter::NONE, 'UTC');

        return (string) $day->format(new \DateTime($time, new \DateTimeZone('UTC')));
    }

    /** What points are worth, e.g. `€12.00`; null in a currency they do not pay in. */
    public function worth(int $points, string $currency): ?string
    {
        $terms = $this->programmes->currentTerms();
        $worth = $terms->worthMinor($points, $currency);

        return $worth === null ? null : $this->money($worth / $terms->unit($currency), $currency);
    }
}
