<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\OpenGoods;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Catalog\Model\Product;
use Magento\Framework\Phrase;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** Whether a product is open to whoever looks at it. The page is cached for everybody of a tier. */
class EarlyAccess implements ArgumentInterface
{
    public function __construct(
        private readonly OpenGoods $goods,
        private readonly Programmes $programmes,
        private readonly Shopper $shopper,
    ) {
    }

    /** @return Phrase|null for whom it is open, and when for everybody else; null = it is open */
    public function note(Product $product): ?Phrase
    {
        $closed = $this->goods->closed($this->programmes->currentTerms(), $product, $this->shopper->tier());

        return $closed === null ? null : __('Open to %1 for now. It opens for you on %2.', implode(', ', $closed['tiers']), $closed['opens']);
    }
}
