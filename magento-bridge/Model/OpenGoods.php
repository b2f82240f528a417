<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\EarlyAccess;
use Loyalty\Sidecar\Service\Terms;
use Magento\Catalog\Model\Product;
use Magento\Framework\Phrase;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Item\AbstractItem;

/** What a shopper may buy already, by what the shop knows of the programme: it needs no answer of the sidecar. */
class OpenGoods
{
    private const ORIGIN = 'loyalty';
    private const CODE = 1;
    /** Of a cart that has more of them, so many are named. */
    private const MOST_NAMED = 10;

    public function __construct(
        private readonly Programmes $programmes,
        private readonly EarlyAccess $access,
        private readonly LocalTime $times,
    ) {
    }

    /** @return array{tiers: string[], opens: string}|null names of tiers, and the moment in words; null = it is open */
    public function closed(Terms $terms, Product $product, ?string $tier): ?array
    {
        $closed = $this->access->closed($this->rules($terms, $product), $tier, gmdate('Y-m-d\TH:i:s.v\Z'));

        return $closed === null ? null : ['tiers' => array_map($terms->tierName(...), $closed['tiers']), 'opens' => $this->times->inWords($closed['opens'])];
    }

    /** Before totals: a cart with what its buyer may not have yet cannot be ordered, and says which products these are. */
    public function mark(Quote $quote): void
    {
        $terms = $this->programmes->termsOf($quote);
        $own = ['origin' => self::ORIGIN, 'code' => self::CODE];
        // Of all types: asked for one, Magento forgets the error and leaves its message.
        $quote->removeErrorInfosByParams(null, $own);
        $isNamed = $terms->section('earlyAccess') !== [];
        $tier = $isNamed ? ($this->programmes->memberOf($quote)['tier'] ?? null) : null;
        $messages = [];
        foreach ($quote->getAllVisibleItems() as $item) {
            $item->removeErrorInfosByParams($own);
            $closed = $isNamed ? $this->closedItem($terms, $item, $tier) : null;
            if ($closed !== null) {
                $item->addErrorInfo(self::ORIGIN, self::CODE);
                $messages[] = $this->words((string) $item->getName(), $closed['tiers'], $closed['opens']);
            }
        }
        $this->say($quote, $messages);
    }

    /** @param Phrase[] $messages */
    private function say(Quote $quote, array $messages): void
    {
        $more = count($messages) - self::MOST_NAMED;
        $said = array_slice($messages, 0, self::MOST_NAMED);
        if ($more > 0) {
            $said[] = __('Further products that are not open to you yet: %1. Until then, please remove them from your cart.', $more);
        }
        foreach ($said as $index => $message) {
            // A cart keeps the first message of each type.
            $quote->addErrorInfo(self::ORIGIN . "_{$index}", self::ORIGIN, self::CODE, $message);
        }
    }

    /**
     * @param string[] $tiers names
     * @return Phrase
     */
    public function words(string $product, array $tiers, string $opens)
    {
        return __('%1 is open to %2 only for now. It opens for you on %3. Until then, please remove it from your cart.', $product, implode(', ', $tiers), $opens);
    }

    /** @return array<int, array{sku: string, name: string, categories: string[]}> goods of a cart that a rule names, for the sidecar to judge */
    public function named(Quote $quote): array
    {
        $terms = $this->programmes->termsOf($quote);
        $named = [];
        foreach ($terms->section('earlyAccess') === [] ? [] : $quote->getAllVisibleItems() as $item) {
            foreach (GiftItem::ruleOf($item) === null ? $this->productsOf($item) : [] as $product) {
                if ($this->rules($terms, $product) !== []) {
                    $named[] = ['sku' => $this->sku($product), 'name' => (string) $item->getName(), 'categories' => array_map('strval', $product->getCategoryIds())];
                }
            }
        }

        return $named;
    }

    /** @return array{tiers: string[], opens: string}|null */
    private function closedItem(Terms $terms, AbstractItem $item, ?string $tier): ?array
    {
        foreach (GiftItem::ruleOf($item) === null ? $this->productsOf($item) : [] as $product) {
            $closed = $this->closed($terms, $product, $tier);
            if ($closed !== null) {
                return $closed;
            }
        }

        return null;
    }

    /** @return Product[] the product of a line, and what a bundle or a product with variants is made of */
    private function productsOf(AbstractItem $item): array
    {
        return array_map(static fn (AbstractItem $part): Product => $part->getProduct(), [$item, ...$item->getChildren()]);
    }

    /** @return array<int, array<string, mixed>> */
    private function rules(Terms $terms, Product $product): array
    {
        return $this->access->rulesFor($terms->section('earlyAccess'), $this->sku($product), static fn (): array => (array) $product->getCategoryIds());
    }

    /** Its own: a line of a product with variants answers with that of the variant. */
    private function sku(Product $product): string
    {
        return (string) $product->getData('sku');
    }
}
