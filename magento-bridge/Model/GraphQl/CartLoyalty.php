<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\Model\CartPoints;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class CartLoyalty implements ResolverInterface
{
    public function __construct(private readonly CartPoints $points)
    {
    }

    /** @return array{available: int, used: int, discount: float, earned: int} */
    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): array
    {
        $shown = $this->points->shown($value['model']);

        return [
            'available' => $shown->getAvailable(),
            'used' => $shown->getUsed(),
            'discount' => $shown->getDiscount(),
            'earned' => $shown->getEarned(),
        ];
    }
}
