<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Adminhtml\Outbox;

use Magento\Backend\App\Action;
use Magento\Backend\App\Action\Context;
use Magento\Framework\App\Action\HttpGetActionInterface;
use Magento\Framework\Controller\ResultInterface;
use Magento\Framework\View\Result\PageFactory;

/** The list of messages that the sidecar has yet to hear. */
class Index extends Action implements HttpGetActionInterface
{
    public const ADMIN_RESOURCE = 'Loyalty_Sidecar::outbox';

    public function __construct(Context $context, private readonly PageFactory $pages)
    {
        parent::__construct($context);
    }

    public function execute(): ResultInterface
    {
        $page = $this->pages->create();
        $page->setActiveMenu(self::ADMIN_RESOURCE);
        $page->getConfig()->getTitle()->prepend((string) __('Messages to the Sidecar'));

        return $page;
    }
}
