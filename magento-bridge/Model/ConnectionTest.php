<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Exception\LocalizedException;

/** Asks the sidecar something harmless over the signature that orders use: address, keys and clocks are right, or what is not. */
class ConnectionTest
{
    private const TIMEOUT_MS = 5000;

    public function __construct(private readonly Config $config, private readonly SignedQuestion $question)
    {
    }

    /**
     * @return int milliseconds the answer took
     * @throws LocalizedException in words for staff
     */
    public function run(int $scope): int
    {
        if (!$this->config->isPaired($scope)) {
            throw new LocalizedException(__('This shop is not paired with a sidecar yet.'));
        }
        $started = hrtime(true);
        $answer = $this->question->ask($scope, ['currency' => 'EUR'], self::TIMEOUT_MS);
        if ($answer['status'] === 0) {
            throw new LocalizedException(__('Nobody answers at %1.', $this->config->url($scope)));
        }
        if ($answer['status'] !== 200) {
            $code = $answer['body']['error']['code'] ?? $answer['status'];
            throw new LocalizedException(__('The sidecar refused: %1', is_scalar($code) ? (string) $code : $answer['status']));
        }

        return intdiv(hrtime(true) - $started, 1000000);
    }
}
