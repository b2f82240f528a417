<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\LocalTime;
use Loyalty\Sidecar\Model\OpenGoods;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Service\EarlyAccess;
use Loyalty\Sidecar\Service\Terms;
use Loyalty\Sidecar\Test\Unit\Fake\FakeCart;
use Loyalty\Sidecar\Test\Unit\Fake\FakeCartItem;
use PHPUnit\Framework\TestCase;

final class OpenGoodsTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    public function testACartNamesEveryProductThatIsNotOpenYet(): void
    {
        $cart = $this->cart('A', 'FREE', 'B');
        $this->openGoods(['A', 'B'])->mark($cart);
        self::assertSame([true, false, true], array_map(static fn (FakeCartItem $item): bool => $item->isMarked, $cart->items));
        self::assertSame(
            [
                'Product A is open to Gold only for now. It opens for you on 1 Mar 2100. Until then, please remove it from your cart.',
                'Product B is open to Gold only for now. It opens for you on 1 Mar 2100. Until then, please remove it from your cart.',
            ],
            $cart->messages(),
        );
    }

    public function testOfManyItNamesTenAndCountsTheOthers(): void
    {
        $skus = array_map(strval(...), range(100, 112));
        $cart = $this->cart(...$skus);
        $this->openGoods($skus)->mark($cart);
        self::assertCount(11, $cart->messages());
        self::assertStringStartsWith('Further products that are not open to you yet: 3.', $cart->messages()[10]);
    }

    public function testNothingIsLeftToSayOnceTheyAreTakenOutOrOpen(): void
    {
        $cart = $this->cart('A', 'B');
        $this->openGoods(['A', 'B'])->mark($cart);
        $cart->items = [$cart->items[0]];
        $this->openGoods(['A', 'B'])->mark($cart);
        self::assertCount(1, $cart->messages());
        $this->openGoods(['A', 'B'], 'gold')->mark($cart);
        self::assertSame([], $cart->messages());
        self::assertFalse($cart->items[0]->isMarked);
    }

    private function cart(string ...$skus): FakeCart
    {
        return new FakeCart(array_map(static fn (string $sku): FakeCartItem => new FakeCartItem($sku), $skus));
    }

    /** @param string[] $closed SKUs that only gold members may buy */
    private function openGoods(array $closed, ?string $tier = null): OpenGoods
    {
        $rule = ['products' => $closed, 'tiers' => ['gold'], 'until' => '2100-03-01T00:00:00.000Z'];
        $programmes = $this->createStub(Programmes::class);
        $programmes->method('termsOf')->willReturn(new Terms(['earlyAccess' => [$rule], 'tiers' => [['code' => 'gold', 'name' => 'Gold']]]));
        $programmes->method('memberOf')->willReturn($tier === null ? null : ['tier' => $tier]);
        $times = $this->createStub(LocalTime::class);
        $times->method('inWords')->willReturn('1 Mar 2100');

        return new OpenGoods($programmes, new EarlyAccess(), $times);
    }
}
