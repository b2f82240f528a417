<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Locale\ResolverInterface;

/** A moment by the programme's clock as the shopper's language writes it. */
class LocalTime
{
    public function __construct(private readonly ResolverInterface $locale)
    {
    }

    /** @param string $local like 2026-03-01T00:00; the clock has been told already, so nothing is shifted */
    public function inWords(string $local): string
    {
        $clock = new \IntlDateFormatter($this->locale->getLocale(), \IntlDateFormatter::MEDIUM, \IntlDateFormatter::SHORT, 'UTC');

        return (string) $clock->format(new \DateTime($local, new \DateTimeZone('UTC')));
    }
}
