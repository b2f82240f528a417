<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Waits between tries: doubling from half a minute to six hours, then no more. */
class RetrySchedule
{
    public const MAX_ATTEMPTS = 20;
    private const FIRST_SECONDS = 30;
    private const LONGEST_SECONDS = 21600;

    /**
     * @param int $attempts tries so far, the failed one included
     * @return int|null seconds to wait; null = give up
     */
    public function waitSeconds(int $attempts): ?int
    {
        if ($attempts >= self::MAX_ATTEMPTS) {
            return null;
        }

        return (int) min(self::LONGEST_SECONDS, self::FIRST_SECONDS * 2 ** max(0, $attempts - 1));
    }
}
