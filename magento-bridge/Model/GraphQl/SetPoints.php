<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\Model\CartPoints;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Exception\GraphQlAuthorizationException;
use Magento\Framework\GraphQl\Exception\GraphQlInputException;
use Magento\Framework\GraphQl\Exception\GraphQlNoSuchEntityException;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;
use Magento\Quote\Api\CartRepositoryInterface;
use Magento\Quote\Model\MaskedQuoteIdToQuoteIdInterface;

class SetPoints implements ResolverInterface
{
    public function __construct(
        private readonly MaskedQuoteIdToQuoteIdInterface $ids,
        private readonly CartRepositoryInterface $carts,
        private readonly CartPoints $points,
        private readonly Shopper $shopper,
    ) {
    }

    /** @return array{cart: array{model: \Magento\Quote\Api\Data\CartInterface}} */
    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): array
    {
        $customerId = $this->shopper->customerId();
        if ($customerId === 0) {
            throw new GraphQlAuthorizationException(__('Please log in to pay with points.'));
        }
        $maskedId = (string) ($args['input']['cart_id'] ?? '');
        try {
            $cartId = $this->ids->execute($maskedId);
            $cart = $this->carts->getActive($cartId);
        } catch (LocalizedException) {
            $cart = null;
        }
        // Whether there is such a cart of somebody else is nobody's business.
        if ($cart === null || (int) $cart->getCustomer()->getId() !== $customerId) {
            throw new GraphQlNoSuchEntityException(__('There is no cart %1.', $maskedId));
        }
        try {
            $this->points->set($cartId, (int) $args['input']['points']);
        } catch (LocalizedException $error) {
            throw new GraphQlInputException(__($error->getMessage()), $error);
        }

        return ['cart' => ['model' => $this->carts->getActive($cartId)]];
    }
}
