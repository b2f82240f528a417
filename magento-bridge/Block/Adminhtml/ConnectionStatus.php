<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Adminhtml;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\Outbox;
use Magento\Backend\Block\Template\Context;
use Magento\Backend\Block\Widget\Button;
use Magento\Framework\Data\Form\Element\AbstractElement;

/** Whether the shop is paired, what waits, a button that tries the connection, and the way to the programme. */
class ConnectionStatus extends OwnField
{
    public function __construct(Context $context, private readonly Config $config, private readonly Outbox $outbox)
    {
        parent::__construct($context);
    }

    protected function _getElementHtml(AbstractElement $element): string
    {
        $websiteId = (int) $this->getRequest()->getParam('website');
        if (!$this->config->isPaired($websiteId)) {
            return $this->line(__('Not paired'));
        }
        $counts = $this->outbox->counts();
        $scope = array_filter(['website' => $websiteId]);

        return $this->line(__('Paired with %1', $this->config->url($websiteId)))
            . ($websiteId === 0 ? '' : $this->line($this->config->isPairedByItself($websiteId) ? __('With a programme of its own') : __('With the programme of all websites')))
            . $this->line(__('Messages waiting: %1', $counts['waiting']))
            . $this->line(__('Messages given up: %1', $counts['dead']))
            . $this->button(__('Test Connection'), $this->getUrl('loyalty/connection/test', $scope))
            . ($this->_authorization->isAllowed('Loyalty_Sidecar::view') ? $this->button(__('Programme and Members'), $this->getUrl('loyalty/page/index', $scope)) : '');
    }

    private function button(\Magento\Framework\Phrase $label, string $url): string
    {
        $data = ['label' => $label, 'onclick' => sprintf("setLocation('%s')", $this->escapeJs($url))];

        return $this->getLayout()->createBlock(Button::class)->setData($data)->toHtml() . ' ';
    }

    private function line(\Magento\Framework\Phrase $text): string
    {
        return '<p>' . $this->escapeHtml($text) . '</p>';
    }
}
