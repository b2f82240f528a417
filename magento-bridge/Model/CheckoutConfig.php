<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\ViewModel\CartBox;
use Magento\Checkout\Model\ConfigProviderInterface;

/** What the checkout page knows of points when it opens. */
class CheckoutConfig implements ConfigProviderInterface
{
    public function __construct(private readonly CartBox $box)
    {
    }

    /** @return array{loyalty: array{canRedeem: bool, available: int, used: int, paid: float, minimum: int, earned: int}} */
    public function getConfig(): array
    {
        $minimum = $this->box->minimum();
        $available = $this->box->spendable();

        return ['loyalty' => [
            'canRedeem' => $minimum !== null && $available >= $minimum,
            'available' => $available,
            'used' => $this->box->used(),
            'paid' => $this->box->paid(),
            'minimum' => $minimum ?? 1,
            'earned' => $this->box->earned(),
        ]];
    }
}
