<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Widget;

use Loyalty\Sidecar\Model\CachedPages;
use Loyalty\Sidecar\ViewModel\LeadForm as Form;
use Magento\Framework\DataObject\IdentityInterface;
use Magento\Framework\View\Element\Template;
use Magento\Framework\View\Element\Template\Context;
use Magento\Widget\Block\BlockInterface;

/** The form for people without an account, wherever the merchant puts it. */
class LeadForm extends Template implements BlockInterface, IdentityInterface
{
    /** @var string */
    protected $_template = 'Loyalty_Sidecar::widget/lead-form.phtml';

    /** @param array<string, mixed> $data */
    public function __construct(Context $context, private readonly Form $form, array $data = [])
    {
        parent::__construct($context, $data);
    }

    public function form(): Form
    {
        return $this->form;
    }

    /** @return string[] */
    public function getIdentities(): array
    {
        return [CachedPages::PROGRAMME];
    }
}
