<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Adminhtml\Connection;

use Loyalty\Sidecar\Model\ConnectionTest;
use Magento\Backend\App\Action;
use Magento\Backend\App\Action\Context;
use Magento\Framework\App\Action\HttpGetActionInterface;
use Magento\Framework\Controller\ResultInterface;
use Magento\Framework\Exception\LocalizedException;

class Test extends Action implements HttpGetActionInterface
{
    public const ADMIN_RESOURCE = 'Loyalty_Sidecar::config';

    public function __construct(Context $context, private readonly ConnectionTest $test)
    {
        parent::__construct($context);
    }

    public function execute(): ResultInterface
    {
        $websiteId = (int) $this->getRequest()->getParam('website');
        try {
            $this->messageManager->addSuccessMessage((string) __('The sidecar answered within %1 ms.', $this->test->run($websiteId)));
        } catch (LocalizedException $error) {
            $this->messageManager->addErrorMessage($error->getMessage());
        }

        return $this->resultRedirectFactory->create()->setPath('adminhtml/system_config/edit', array_filter(['section' => 'loyalty', 'website' => $websiteId]));
    }
}
