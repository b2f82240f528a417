<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class PriceFactory
{
    /**
     * @param array<string, array{gross: float, net: float}> $prices
     *
     * @return array<string, array{gross: float, net: float}>
     */
    public function create(array $prices): array
    {
        if (!isset($prices['default'])) {
            throw new \InvalidArgumentException('Invalid price definition: default is missing');
        }
        foreach ($prices as $price) {
            if (!\array_key_exists('gross', $price) || !\array_key_exists('net', $price)) {
                throw new \InvalidArgumentException('Invalid price definition: gross and net are needed');
            }
        }

        return $prices;
    }
}
