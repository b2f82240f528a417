<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\ViewModel;

use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\TierPriceTable;
use Loyalty\Sidecar\Service\Terms;
use Loyalty\Sidecar\ViewModel\Figures;
use Loyalty\Sidecar\ViewModel\PriceSource;
use Magento\Catalog\Model\Product;
use Magento\Quote\Model\Quote\Item\AbstractItem;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

/** Why a line of the cart costs what it costs. */
final class PriceSourceTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    /** @return array<string, array{string|null, float, bool, string|null}> key of the price, what is paid, whether it is a gift, what is said */
    public static function lines(): array
    {
        return [
            'a price of the tier' => ['gold', 129.0, false, 'Your price as Gold, instead of 149.'],
            'a price of the company' => ['list-1', 129.0, false, 'The price agreed with your company, instead of 149.'],
            'the usual price, as for a quantity below that of the tier' => ['gold', 149.0, false, null],
            'a price of the shop' => [null, 129.0, false, null],
            'a gift' => ['gold', 0.0, true, null],
        ];
    }

    #[DataProvider('lines')]
    public function testALineSaysWhereItsPriceIsFrom(?string $key, float $paid, bool $isGift, ?string $said): void
    {
        $item = $this->item($paid, $isGift ? ['loyalty_gift' => 'free-cup'] : [], $this->product(3));
        self::assertSame($said, $this->source($key, 3)->noteOfItem($item));
    }

    public function testOfAProductWithVariantsTheVariantCounts(): void
    {
        $item = $this->item(129.0, ['simple_product' => $this->product(4)], $this->product(3));
        self::assertSame('Your price as Gold, instead of 149.', $this->source('gold', 4)->noteOfItem($item));
    }

    /** @param int $productId the only one that has prices */
    private function source(?string $key, int $productId): PriceSource
    {
        $prices = $this->createStub(TierPriceTable::class);
        $prices->method('keyFor')->willReturnCallback(static fn (int $scope, array $keys, int $id): ?string => $id === $productId ? $key : null);
        $programmes = $this->createStub(Programmes::class);
        $programmes->method('currentTerms')->willReturn(new Terms(['tiers' => [['code' => 'gold', 'name' => 'Gold']]]));
        $shopper = $this->createStub(Shopper::class);
        $shopper->method('priceKeys')->willReturn(['list-1', 'gold']);
        $shopper->method('tier')->willReturn('gold');
        $figures = $this->createStub(Figures::class);
        $figures->method('money')->willReturnCallback(static fn (float $amount): string => (string) $amount);

        return new PriceSource($prices, $programmes, $shopper, $figures);
    }

    private function product(int $id): Product
    {
        return new class ($id) extends Product {
            public function __construct(private readonly int $id)
            {
            }

            public function getId(): int
            {
                return $this->id;
            }

            /** Of information, price and amount there is one. */
            public function getPriceInfo(): self
            {
                return $this;
            }

            public function getPrice(string $code): self
            {
                return $this;
            }

            public function getAmount(): self
            {
                return $this;
            }

            public function getValue(): float
            {
                return 149.0;
            }
        };
    }

    /** @param array<string, string|Product> $options */
    private function item(float $paid, array $options, Product $product): AbstractItem
    {
        return new class ($paid, $options, $product) extends AbstractItem {
            public function __construct(private readonly float $paid, private readonly array $options, private readonly Product $product)
            {
            }

            public function getCalculationPrice(): float
            {
                return $this->paid;
            }

            public function getProduct(): Product
            {
                return $this->product;
            }

            public function getOptionByCode(string $code): ?object
            {
                $held = $this->options[$code] ?? null;

                return $held === null ? null : new class ($held) {
                    public function __construct(private readonly string|Product $held)
                    {
                    }

                    public function getValue(): string
                    {
                        return (string) $this->held;
                    }

                    public function getProduct(): Product
                    {
                        return $this->held;
                    }
                };
            }
        };
    }
}
