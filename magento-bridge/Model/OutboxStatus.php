<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Data\OptionSourceInterface;

/** States of a message in words. */
class OutboxStatus implements OptionSourceInterface
{
    /** @return array<int, array{value: string, label: \Magento\Framework\Phrase}> */
    public function toOptionArray(): array
    {
        return [
            ['value' => 'pending', 'label' => __('Waiting')],
            ['value' => 'sending', 'label' => __('Being sent')],
            ['value' => 'dead', 'label' => __('Given up')],
        ];
    }
}
