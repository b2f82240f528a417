<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Block\Account;

use Loyalty\Sidecar\ViewModel\OwnPage;
use Magento\Customer\Block\Account\SortLink;

/** A link in the menu of the account that only those see who have such a page. */
class OwnLink extends SortLink
{
    protected function _toHtml(): string
    {
        $page = $this->getData('page');

        return $page instanceof OwnPage && $page->isThere() ? (string) parent::_toHtml() : '';
    }
}
