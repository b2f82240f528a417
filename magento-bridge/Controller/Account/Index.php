<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Account;

use Magento\Customer\Controller\AccountInterface;
use Magento\Framework\App\Action\HttpGetActionInterface;
use Magento\Framework\View\Result\Page;
use Magento\Framework\View\Result\PageFactory;

/** The page of points in the customer's account; Magento itself asks strangers to log in. */
class Index implements HttpGetActionInterface, AccountInterface
{
    public function __construct(private readonly PageFactory $pages)
    {
    }

    public function execute(): Page
    {
        return $this->pages->create();
    }
}
