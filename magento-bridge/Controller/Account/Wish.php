<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Account;

use Loyalty\Sidecar\Model\Wishes;
use Magento\Customer\Controller\AccountInterface;
use Magento\Framework\App\Action\HttpPostActionInterface;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\Controller\Result\Redirect;
use Magento\Framework\Controller\Result\RedirectFactory;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Message\ManagerInterface;

/** Buttons of the pages of points and of the company: take a reward, give one back, have points paid out, answer a request. Magento itself checks log-in and form key. */
class Wish implements HttpPostActionInterface, AccountInterface
{
    public function __construct(
        private readonly RequestInterface $request,
        private readonly RedirectFactory $redirects,
        private readonly Wishes $wishes,
        private readonly ManagerInterface $messages,
    ) {
    }

    public function execute(): Redirect
    {
        $sent = fn (string $field): string => is_string($this->request->getParam($field)) ? $this->request->getParam($field) : '';
        try {
            $this->messages->addSuccessMessage((string) $this->wishes->ask($sent('kind'), $sent('code'), $sent('key')));
        } catch (LocalizedException $error) {
            $this->messages->addErrorMessage($error->getMessage());
        }

        return $this->redirects->create()->setPath(in_array($sent('kind'), Wishes::ANSWERS, true) ? 'loyalty/account/company' : 'loyalty/account');
    }
}
