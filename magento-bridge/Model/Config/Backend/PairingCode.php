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

/** Saving a code pairs the shop, or the website that is edited; the code itself is worth nothing afterwards and is not kept. */
class PairingCode extends Value
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

    /** @throws LocalizedException when the sidecar refuses, in its words */
    public function beforeSave(): self
    {
        $code = trim((string) $this->getValue());
        $this->setValue('');
        if ($code !== '') {
            $this->pairing->pair(trim((string) $this->getFieldsetDataValue('url')), $code, (int) $this->getScopeId());
        }
        parent::beforeSave();

        return $this;
    }
}
