<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Config\Backend;

use Magento\Framework\App\Config\Value;
use Magento\Framework\Exception\LocalizedException;

/** The sidecar's address changes only by pairing: the keys belong to it. */
class Address extends Value
{
    public function beforeSave(): self
    {
        $url = rtrim(trim((string) $this->getValue()), '/');
        $code = trim((string) $this->getFieldsetDataValue('code'));
        if ($url !== rtrim((string) $this->getOldValue(), '/') && $code === '') {
            throw new LocalizedException(__('Enter a one-time code to pair this shop with another address.'));
        }
        $this->setValue($url);
        parent::beforeSave();

        return $this;
    }
}
