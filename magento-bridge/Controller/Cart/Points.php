<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Cart;

use Loyalty\Sidecar\Api\CartPointsInterface;
use Magento\Checkout\Model\Session;
use Magento\Framework\App\Action\HttpPostActionInterface;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\Controller\Result\Redirect;
use Magento\Framework\Controller\Result\RedirectFactory;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Message\ManagerInterface;

/** The cart's form: pay with points, or take them back. */
class Points implements HttpPostActionInterface
{
    public function __construct(
        private readonly RequestInterface $request,
        private readonly RedirectFactory $redirects,
        private readonly Session $session,
        private readonly CartPointsInterface $points,
        private readonly ManagerInterface $messages,
    ) {
    }

    public function execute(): Redirect
    {
        $wish = trim((string) $this->request->getParam('points'));
        $redirect = $this->redirects->create()->setPath('checkout/cart', ['_fragment' => 'loyalty-cart']);
        if (!ctype_digit($wish) || strlen($wish) > 9) {
            $this->messages->addErrorMessage((string) __('Enter how many points to use, in digits.'));

            return $redirect;
        }
        try {
            $this->points->set((int) $this->session->getQuoteId(), (int) $wish);
        } catch (LocalizedException $error) {
            $this->messages->addErrorMessage($error->getMessage());
        }

        return $redirect;
    }
}
