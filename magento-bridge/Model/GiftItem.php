<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Quote\Model\Quote\Item\AbstractItem;

/** A line of the cart that a rule gave: marked by an option that only we can set, since shoppers choose requests. */
class GiftItem
{
    public const OPTION = 'loyalty_gift';

    /** @return string|null code of the rule */
    public static function ruleOf(AbstractItem $item): ?string
    {
        $option = $item->getOptionByCode(self::OPTION);
        $code = $option ? (string) $option->getValue() : '';

        return $code === '' ? null : $code;
    }

    /** A gift of an earlier order that was ordered again: it would cost money now, and nobody asked for that. */
    public static function isReordered(AbstractItem $item): bool
    {
        return self::ruleOf($item) === null && $item->getBuyRequest()->hasData(self::OPTION);
    }
}
