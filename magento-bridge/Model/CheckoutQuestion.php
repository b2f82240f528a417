<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Quote\Model\Quote;
use Psr\Log\LoggerInterface;

/** Asks the sidecar whether an order may be placed with its goods, its points and its friend's code, and has the points reserved. */
class CheckoutQuestion
{
    /** The sidecar answers within 250 ms; the rest is for the way. */
    private const TIMEOUT_MS = 1000;

    public function __construct(
        private readonly Config $config,
        private readonly SignedQuestion $question,
        private readonly Breaker $breaker,
        private readonly BuyerOrders $orders,
        private readonly Goods $goods,
        private readonly OpenGoods $openGoods,
        private readonly Programmes $programmes,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** @return array{denial: string, product?: string, tiers?: string[], opens?: string}|null why not; null = it may, or nobody could say: then the books settle it afterwards */
    public function ask(Quote $quote): ?array
    {
        $scope = $this->programmes->scopeOf($quote);
        if (!$this->config->isPaired($scope) || $this->breaker->isOpen($scope)) {
            return null;
        }
        $answer = $this->question->ask($scope, $this->checkout($quote), self::TIMEOUT_MS);
        if ($answer['status'] !== 200) {
            $this->breaker->open($scope);
            $this->logger->warning('Loyalty: an order was placed without asking the sidecar', ['status' => $answer['status']]);

            return null;
        }
        $body = $answer['body'];

        return is_string($body['denial'] ?? null) ? $body : null;
    }

    /** @return array<string, mixed> */
    private function checkout(Quote $quote): array
    {
        $points = (int) $quote->getData('loyalty_points_used');
        $code = (string) $quote->getCouponCode();

        return [
            'store_id' => (int) $quote->getStoreId(),
            'goods' => $this->openGoods->named($quote),
            'customer_id' => (int) $quote->getCustomerId() ?: null,
            'email' => $quote->getCustomerEmail() ?: null,
            'currency' => (string) $quote->getQuoteCurrencyCode(),
            'code' => $code === '' ? null : $code,
            'orders' => $code === '' ? 0 : $this->orders->before($quote),
            'points' => $points < 1 ? null : ['intent' => (string) $quote->getData('loyalty_intent'), 'points' => $points, 'value' => round($this->goods->ofCart($quote)['points'], 4)],
        ];
    }
}
