<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\ViewModel\PriceSource;
use Magento\Checkout\Block\Cart\Item\Renderer;

/** Why a line of the cart costs what it costs stands among its options, where every theme shows what there is to say of a line. */
class ShowPriceSource
{
    public function __construct(private readonly PriceSource $source)
    {
    }

    /**
     * @param array<int, array<string, mixed>> $result
     * @return array<int, array<string, mixed>>
     */
    public function afterGetOptionList(Renderer $subject, array $result): array
    {
        $note = $this->source->noteOfItem($subject->getItem());

        return $note === null ? $result : [...$result, ['label' => __('Price'), 'value' => $note]];
    }
}
