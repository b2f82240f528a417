<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\GiftItem;
use Magento\Checkout\Block\Cart\AbstractCart;
use Magento\Quote\Model\Quote\Item;

/** A gift has no quantity to type and nothing to edit. */
class ShowGiftItem
{
    private const RENDERER = 'loyalty_gift';

    public function aroundGetItemHtml(AbstractCart $subject, callable $proceed, Item $item): string
    {
        if (GiftItem::ruleOf($item) === null) {
            return $proceed($item);
        }

        return $subject->getItemRenderer(self::RENDERER)->setItem($item)->toHtml();
    }
}
