<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\ViewModel\ProductPoints;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class ProductLoyalty implements ResolverInterface
{
    public function __construct(private readonly ProductPoints $points)
    {
    }

    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): int
    {
        return $this->points->of($value['model']);
    }
}
