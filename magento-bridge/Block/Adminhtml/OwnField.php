<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Adminhtml;

use Magento\Config\Block\System\Config\Form\Field;
use Magento\Framework\Data\Form\Element\AbstractElement;

/** What a website never takes from the whole installation: no "Use Default" beside it. */
class OwnField extends Field
{
    protected function _isInheritCheckboxRequired(AbstractElement $element): bool
    {
        return false;
    }
}
