<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Api;

/**
 * What happened to members, told by the sidecar once each.
 *
 * @api
 */
interface NoticesInterface
{
    /**
     * Mails what happened where this shop sends such mails, at most 100 at once. The same notice again is mailed to nobody.
     *
     * @param string $shopId as the sidecar named the shop when it was paired
     * @param mixed $notices list of `{ notice_id, kind, customer_id, occurred_at, figures, purpose, consent }`
     * @return mixed[] one `{ notice_id, status, message }` each: sent; disabled, no_consent, unknown_customer or repeated where there
     *     was nothing to be sent; failed where it may be sent later; error where it never will
     * @throws \Magento\Framework\Exception\InputException
     */
    public function tell(string $shopId, $notices): array;
}
