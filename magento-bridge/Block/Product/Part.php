<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Product;

use Loyalty\Sidecar\Model\CachedPages;
use Magento\Catalog\Block\Product\View;

/** A part of the product page that tells of the programme: the page is cached until the product or the programme changes. */
class Part extends View
{
    /** @return string[] */
    public function getIdentities(): array
    {
        return [...parent::getIdentities(), CachedPages::PROGRAMME];
    }
}
