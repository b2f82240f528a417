<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Adminhtml\Page;

use Loyalty\Sidecar\Model\AdminFrame;
use Loyalty\Sidecar\ViewModel\AdminPage;
use Magento\Backend\App\Action;
use Magento\Backend\App\Action\Context;
use Magento\Csp\Api\CspAwareActionInterface;
use Magento\Csp\Model\Policy\FetchPolicy;
use Magento\Framework\App\Action\HttpGetActionInterface;
use Magento\Framework\Controller\ResultInterface;
use Magento\Framework\View\Result\PageFactory;

/** The sidecar's own pages, in a frame. */
class Index extends Action implements HttpGetActionInterface, CspAwareActionInterface
{
    public const ADMIN_RESOURCE = 'Loyalty_Sidecar::view';

    public function __construct(
        Context $context,
        private readonly PageFactory $pages,
        private readonly AdminPage $shown,
        private readonly AdminFrame $frame,
    ) {
        parent::__construct($context);
    }

    public function execute(): ResultInterface
    {
        $page = $this->pages->create();
        $page->setActiveMenu(self::ADMIN_RESOURCE);
        $page->getConfig()->getTitle()->prepend((string) __('Loyalty'));
        // Its address is good once.
        $page->setHeader('Cache-Control', 'no-store', true);

        return $page;
    }

    /** {@inheritdoc} Only the sidecar that this shop is paired with may be framed. */
    public function modifyCsp(array $appliedPolicies): array
    {
        $origin = $this->frame->origin($this->shown->scope());
        if ($origin !== '') {
            $appliedPolicies[] = new FetchPolicy('frame-src', false, [$origin]);
        }

        return $appliedPolicies;
    }
}
