<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\ViewModel\Figures;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Phrase;
use Psr\Log\LoggerInterface;

/** Has the sidecar do what the customer who is logged in asks for: a reward, one back, points as money, or an answer to a colleague. */
class Wishes
{
    /** To requests of colleagues, on the page of the company. */
    public const ANSWERS = ['approve', 'refuse'];
    /** What a key looks like. */
    public const KEY = '/^[0-9a-f]{32}$/D';

    private const KINDS = ['reward', 'cancel', 'cashback', ...self::ANSWERS];
    /** They wait for it, and nothing is lost when it comes late: the same form again is the same wish. */
    private const TIMEOUT_MS = 5000;

    public function __construct(
        private readonly Shopper $shopper,
        private readonly Config $config,
        private readonly SignedQuestion $question,
        private readonly Figures $figures,
        private readonly LoggerInterface $logger,
    ) {
    }

    /**
     * @param string $key 32 hex digits; the same key is the same wish
     * @return Phrase what was done
     * @throws LocalizedException with why it was not
     */
    public function ask(string $kind, string $code, string $key): Phrase
    {
        $scope = $this->shopper->scope();
        $customerId = $this->shopper->customerId();
        $isWish = in_array($kind, self::KINDS, true) && preg_match('/^[\x21-\x7e]{1,64}$/D', $code) === 1 && preg_match(self::KEY, $key) === 1;
        if ($customerId === 0 || !$isWish || !$this->config->isPaired($scope)) {
            throw new LocalizedException(__('That did not work. Please try again later.'));
        }
        $answer = $this->question->wish($scope, ['customer_id' => $customerId, 'kind' => $kind, 'code' => $code, 'key' => $key], self::TIMEOUT_MS);
        if ($answer['status'] !== 200) {
            $this->logger->warning('Loyalty: the sidecar did not answer what a customer asked for', ['status' => $answer['status']]);
            throw new LocalizedException(__('That did not work. Please try again later.'));
        }
        if (($answer['body']['granted'] ?? false) !== true) {
            throw new LocalizedException($this->refusal((string) ($answer['body']['reason'] ?? ''), (array) ($answer['body']['figures'] ?? [])));
        }

        return match ($kind) {
            'reward' => __('Done: the reward is yours. This page shows it in a moment.'),
            'cancel' => __('Cancelled: your points are back in a moment.'),
            'approve' => __('Approved. Your colleague can use the points now.'),
            'refuse' => __('Refused. Your colleague sees it in the cart.'),
            default => __('Done: your points become money. This page shows it in a moment.'),
        };
    }

    /** @param array<string, mixed> $figures */
    private function refusal(string $reason, array $figures): Phrase
    {
        return match ($reason) {
            'reward_points_missing' => __('That did not work: %1 points are missing.', $this->figures->number((int) ($figures['missing'] ?? 0))),
            'reward_sold_out' => __('That did not work: it is sold out.'),
            'reward_limit_per_member' => __('That did not work: you have had as many of these as each member may have.'),
            'reward_other_tier' => __('That did not work: it is for another tier.'),
            'reward_other_segment' => __('That did not work: it is for invited members only.'),
            'reward_outside_dates' => __('That did not work: it is not available at the moment.'),
            'unknown_reward', 'unknown_cashback' => __('That did not work: it is no longer offered.'),
            'unknown_redemption' => __('That did not work: there is nothing of yours to cancel.'),
            'cashback_below_minimum' => __('That did not work: at least %1 points are needed.', $this->figures->number((int) ($figures['minimumPoints'] ?? 0))),
            'already_decided', 'unknown_approval' => __('Somebody has answered this request already.'),
            'request_expired' => __('This request is too old. Your colleague can ask again.'),
            'own_request' => __('Somebody else has to answer your own request.'),
            'not_an_approver' => __('You do not approve requests for this company any more.'),
            'state_does_not_follow' => __('It is being handed over already. Please ask us to cancel it.'),
            default => __('That did not work. Please try again later.'),
        };
    }
}
