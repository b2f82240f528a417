<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Config\Backend;

use Loyalty\Sidecar\Model\Pairing;
use Magento\Framework\App\Cache\TypeListInterface;
use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Framework\App\Config\Value;
use Magento\Framework\Data\Collection\AbstractDb;
use Magento\Framework\Exception\LocalizedException;
use Magento\Framework\Model\Context;
use Magento\Framework\Model\ResourceModel\AbstractResource;
use Magento\Framework\Registry;

/** The sidecar's address changes only by pairing: the keys belong to it. */
class Address extends Value
{
    /** @param array<string, mixed> $data */
    public function __construct(
        Context $context,
        Registry $registry,
        ScopeConfigInterface $config,
        TypeListInterface $cacheTypeList,
        private readonly Pairing $pairing,
        ?AbstractResource $resource = null,
        ?AbstractDb $resourceCollection = null,
        array $data = [],
    ) {
        parent::__construct($context, $registry, $config, $cacheTypeList, $resource, $resourceCollection, $data);
    }

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

    /** A website goes back to the programme of all. */
    public function afterDelete(): self
    {
        if ((int) $this->getScopeId() > 0) {
            $this->pairing->unpair((int) $this->getScopeId());
        }
        parent::afterDelete();

        return $this;
    }
}
