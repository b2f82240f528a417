<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Which part of a line's amount belongs to the units of one document: documents over all units add up to the amount. */
class PartOfLine
{
    private const PRECISION = 2;

    /**
     * @param float $ordered units of the line
     * @param float $before units in earlier documents
     * @param float $units units in this one
     */
    public function of(float $amount, float $ordered, float $before, float $units): float
    {
        if ($ordered <= 0.0) {
            return 0.0;
        }
        $upTo = static fn (float $count): float => round($amount * min(1.0, max(0.0, $count / $ordered)), self::PRECISION);

        return round($upTo($before + $units) - $upTo($before), self::PRECISION);
    }
}
