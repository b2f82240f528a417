<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\RunningCampaigns;
use Loyalty\Sidecar\Service\Terms;
use Magento\Catalog\Model\Product;
use Magento\Framework\Serialize\Serializer\Json;

/** The campaigns that run for a shopper, by what the shop knows of them. */
class CampaignsNow
{
    public function __construct(
        private readonly RunningCampaigns $campaigns,
        private readonly Json $json,
    ) {
    }

    /**
     * @param array<string, mixed>|null $member row of the mirror; null = nobody is known
     * @return array<int, array<string, mixed>>
     */
    public function forMember(Terms $terms, ?array $member, ?string $tier, ?string $group): array
    {
        $text = (string) ($member['segments'] ?? '');
        $segments = $text === '' ? [] : (array) $this->json->unserialize($text);
        $now = gmdate('Y-m-d\TH:i:s.000\Z');

        return $this->campaigns->of($terms->section('campaigns'), ['tier' => $tier, 'segments' => $segments, 'group' => $group], $now);
    }

    /**
     * On a page that is cached for everybody of a tier: only what depends on nothing else.
     *
     * @return string[] names
     */
    public function namesForProduct(Terms $terms, ?string $tier, Product $product): array
    {
        $running = $this->forMember($terms, null, $tier, null);

        return array_column($this->campaigns->forProduct($running, (string) $product->getSku(), $product->getCategoryIds()), 'name');
    }

    /** @param array<int, array<string, mixed>> $running */
    public function points(array $running, Terms $terms, string $currency, int $goodsMinor): int
    {
        return $this->campaigns->points($running, $terms->section('accrual'), $currency, $goodsMinor);
    }
}
