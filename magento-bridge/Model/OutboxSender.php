<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\RetrySchedule;
use Loyalty\Sidecar\Service\StandardWebhook;
use Magento\Framework\Serialize\Serializer\Json;
use Psr\Log\LoggerInterface;

/** Sends what waits in the outbox, to each sidecar in the order of its happening, until nothing is due or it does not answer. */
class OutboxSender
{
    private const BATCH = 50;
    private const MAX_BATCHES = 40;
    private const TIMEOUT_MS = 5000;
    /** Longer than a batch takes when every message meets its time limit. */
    private const CLAIM_SECONDS = 600;
    /** Nobody there, or nobody who would take anything now. */
    private const UNREACHABLE = [0, 429, 502, 503, 504];

    public function __construct(
        private readonly Config $config,
        private readonly ProgrammeScope $scope,
        private readonly Outbox $outbox,
        private readonly SidecarClient $client,
        private readonly StandardWebhook $webhook,
        private readonly RetrySchedule $schedule,
        private readonly Json $json,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** @return int how many were taken */
    public function run(): int
    {
        return array_sum(array_map($this->sendTo(...), $this->scope->paired()));
    }

    private function sendTo(int $scope): int
    {
        $taken = 0;
        for ($batch = 0; $batch < self::MAX_BATCHES; ++$batch) {
            $rows = $this->outbox->claim($scope, self::BATCH, self::CLAIM_SECONDS);
            $sent = $this->sendAll($rows);
            $taken += $sent;
            if ($rows === [] || $sent < count($rows)) {
                break;
            }
        }

        return $taken;
    }

    /** @param array<int, array<string, mixed>> $rows */
    private function sendAll(array $rows): int
    {
        $taken = 0;
        $isDown = false;
        foreach ($rows as $row) {
            $messageId = (int) $row['message_id'];
            if ($isDown) {
                $this->outbox->release($messageId);
                continue;
            }
            $answer = $this->send($row);
            if ($answer['status'] >= 200 && $answer['status'] < 300) {
                $this->outbox->sent($messageId);
                ++$taken;
                continue;
            }
            if (in_array($answer['status'], self::UNREACHABLE, true)) {
                // Not this message's fault: it keeps its tries and its place, and cron comes again.
                $this->outbox->release($messageId, $this->errorOf($answer));
                $isDown = true;
                continue;
            }
            $isDown = $answer['status'] >= 500;
            $this->note($row, $answer);
        }

        return $taken;
    }

    /**
     * @param array<string, mixed> $row
     * @return array{status: int, body: array<string, mixed>}
     */
    private function send(array $row): array
    {
        $body = $this->json->serialize([
            'type' => $row['type'],
            'occurred_at' => str_replace(' ', 'T', (string) $row['occurred_at']) . 'Z',
            'data' => ['entity_id' => (string) $row['entity_id']],
        ]);
        $scope = (int) $row['website_id'];
        $headers = $this->webhook->headers($this->config->webhookSecret($scope), (string) $row['event_id'], time(), $body);
        $headers['x-loyalty-shop'] = $this->config->shopId($scope);

        return $this->client->post($this->config->webhookUrl($scope), $body, $headers, self::TIMEOUT_MS);
    }

    /**
     * @param array<string, mixed> $row
     * @param array{status: int, body: array<string, mixed>} $answer
     */
    private function note(array $row, array $answer): void
    {
        $attempts = (int) $row['attempts'] + 1;
        $error = $this->errorOf($answer);
        $wait = $this->schedule->waitSeconds($attempts);
        $this->outbox->failed((int) $row['message_id'], $attempts, $error, $wait);
        $this->logger->warning('Loyalty: the sidecar did not take a message', [
            'message' => $row['message_id'],
            'type' => $row['type'],
            'attempts' => $attempts,
            'error' => $error,
            'given_up' => $wait === null,
        ]);
    }

    /** @param array{status: int, body: array<string, mixed>} $answer */
    private function errorOf(array $answer): string
    {
        $code = $answer['body']['error']['code'] ?? $answer['body']['message'] ?? '';

        return trim($answer['status'] . ' ' . (is_string($code) ? $code : ''));
    }
}
