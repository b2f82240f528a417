<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Adminhtml\Outbox;

use Loyalty\Sidecar\Model\Outbox;
use Magento\Backend\App\Action;
use Magento\Backend\App\Action\Context;
use Magento\Framework\App\Action\HttpPostActionInterface;
use Magento\Framework\Controller\ResultInterface;

/** Messages that were given up get their tries back. */
class Replay extends Action implements HttpPostActionInterface
{
    public const ADMIN_RESOURCE = 'Loyalty_Sidecar::outbox';

    public function __construct(Context $context, private readonly Outbox $outbox)
    {
        parent::__construct($context);
    }

    public function execute(): ResultInterface
    {
        $this->messageManager->addSuccessMessage((string) __('%1 messages will be sent again.', $this->outbox->replay($this->chosen())));

        return $this->resultRedirectFactory->create()->setPath('*/*/');
    }

    /** @return int[]|null null = all */
    private function chosen(): ?array
    {
        $selected = $this->getRequest()->getParam('selected');

        return is_array($selected) ? array_map('intval', $selected) : null;
    }
}
