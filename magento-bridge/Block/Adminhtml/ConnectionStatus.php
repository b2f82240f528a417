<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Adminhtml;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\Outbox;
use Magento\Backend\Block\Template\Context;
use Magento\Framework\Data\Form\Element\AbstractElement;

/** Whether the shop is paired, what waits, and a button that tries the connection. */
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
        $button = sprintf(
            '<p><a class="action-default" href="%s">%s</a></p>',
            $this->escapeUrl($this->getUrl('loyalty/connection/test', array_filter(['website' => $websiteId]))),
            $this->escapeHtml(__('Test Connection')),
        );

        return $this->line(__('Paired with %1', $this->config->url($websiteId)))
            . $this->line($this->config->isPairedByItself($websiteId) || $websiteId === 0 ? __('With a programme of its own') : __('With the programme of all websites'))
            . $this->line(__('Messages waiting: %1', $counts['waiting']))
            . $this->line(__('Messages given up: %1', $counts['dead']))
            . $button;
    }

    private function line(\Magento\Framework\Phrase $text): string
    {
        return '<p>' . $this->escapeHtml($text) . '</p>';
    }
}
