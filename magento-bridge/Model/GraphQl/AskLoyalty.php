<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\GraphQl;

use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\Wishes;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Exception\GraphQlAuthorizationException;
use Magento\Framework\GraphQl\Exception\GraphQlInputException;
use Magento\Framework\GraphQl\Query\ResolverInterface;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;

class AskLoyalty implements ResolverInterface
{
    public function __construct(private readonly Wishes $wishes, private readonly Shopper $shopper)
    {
    }

    /** @return array{message: string} */
    public function resolve(Field $field, $context, ResolveInfo $info, ?array $value = null, ?array $args = null): array
    {
        if ($this->shopper->customerId() === 0) {
            throw new GraphQlAuthorizationException(__('Please log in first.'));
        }
        $input = (array) ($args['input'] ?? []);
        $key = (string) ($input['key'] ?? '');
        if (preg_match(Wishes::KEY, $key) !== 1) {
            throw new GraphQlInputException(__('key must be 32 hexadecimal digits.'));
        }
        try {
            $done = $this->wishes->ask(strtolower((string) ($input['kind'] ?? '')), (string) ($input['code'] ?? ''), $key);
        } catch (LocalizedException $error) {
            throw new GraphQlInputException(__($error->getMessage()), $error);
        }

        return ['message' => (string) $done];
    }
}
