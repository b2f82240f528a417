<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\Stdlib\Cookie\CookieMetadataFactory;
use Magento\Framework\Stdlib\CookieManagerInterface;

/** The code of a friend's link, as the browser keeps it. */
class ReferralCookie
{
    private const NAME = 'loyalty_ref';

    public function __construct(
        private readonly CookieManagerInterface $cookies,
        private readonly CookieMetadataFactory $metadata,
    ) {
    }

    public function code(): ?string
    {
        $code = (string) $this->cookies->getCookie(self::NAME);

        return preg_match('/^[A-Z0-9-]{3,64}$/', $code) ? $code : null;
    }

    public function forget(): void
    {
        $this->cookies->deleteCookie(self::NAME, $this->metadata->createCookieMetadata(['path' => '/']));
    }
}
