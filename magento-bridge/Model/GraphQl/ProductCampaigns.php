<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\ViewModel\ProductPoints;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class ProductCampaigns implements ResolverInterface
{
    public function __construct(private readonly ProductPoints $points)
    {
    }

    /** @return string[] */
    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): array
    {
        return $this->points->campaigns($value['model']);
    }
}
