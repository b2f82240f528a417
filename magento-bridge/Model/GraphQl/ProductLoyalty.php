<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\ViewModel\ProductPoints;
use Magento\Catalog\Api\ProductRepositoryInterface;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class ProductLoyalty implements ResolverInterface
{
    public function __construct(private readonly ProductPoints $points, private readonly ProductRepositoryInterface $products)
    {
    }

    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): int
    {
        $product = $value['model'];
        // A list brings only what was asked for; without its price a product would earn nothing.
        $priced = $product->getData('price') === null ? $this->products->getById((int) $product->getId()) : $product;

        return $this->points->of($priced);
    }
}
