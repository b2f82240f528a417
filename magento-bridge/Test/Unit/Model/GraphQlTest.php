<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\CartPoints;
use Loyalty\Sidecar\Model\GraphQl\AskLoyalty;
use Loyalty\Sidecar\Model\GraphQl\SetPoints;
use Loyalty\Sidecar\Model\Wishes;
use Loyalty\Sidecar\Test\Unit\Fake\FakeShopper;
use Magento\Framework\GraphQl\Config\Element\Field;
use Magento\Framework\GraphQl\Exception\GraphQlAuthorizationException;
use Magento\Framework\GraphQl\Exception\GraphQlInputException;
use Magento\Framework\GraphQl\Exception\GraphQlNoSuchEntityException;
use Magento\Framework\GraphQl\Schema\Type\ResolveInfo;
use Magento\Quote\Api\CartRepositoryInterface;
use Magento\Quote\Model\MaskedQuoteIdToQuoteIdInterface;
use PHPUnit\Framework\TestCase;

/** What a front of somebody else's is told when it asks for what cannot be. */
final class GraphQlTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
        require_once dirname(__DIR__) . '/Template/phrase.php';
    }

    public function testAGuestIsAskedToLogIn(): void
    {
        $this->expectException(GraphQlAuthorizationException::class);
        $this->setPoints(0);
    }

    public function testACartOfSomebodyElseIsNoneAndNothingIsSaidOfIt(): void
    {
        $this->expectException(GraphQlNoSuchEntityException::class);
        $this->setPoints(8);
    }

    public function testAKeyThatIsNoneIsNamedAndNotToBeTriedAgain(): void
    {
        $wishes = new class () extends Wishes {
            public function __construct()
            {
            }
        };
        $this->expectException(GraphQlInputException::class);
        $this->expectExceptionMessage('key must be 32 hexadecimal digits.');
        $input = ['kind' => 'REWARD', 'code' => 'print', 'key' => 'xyz'];
        (new AskLoyalty($wishes, new FakeShopper(null)))->resolve(new Field(), null, new ResolveInfo(), null, ['input' => $input]);
    }

    private function setPoints(int $customerId): void
    {
        $ids = new class () implements MaskedQuoteIdToQuoteIdInterface {
            public function execute(string $maskedId): int
            {
                return 3;
            }
        };
        $carts = new class () implements CartRepositoryInterface {
            public function getActive(int $cartId): object
            {
                return new class () {
                    public function getCustomer(): object
                    {
                        return new class () {
                            public function getId(): int
                            {
                                return 7;
                            }
                        };
                    }
                };
            }
        };
        $points = new class () extends CartPoints {
            public function __construct()
            {
            }
        };
        $resolver = new SetPoints($ids, $carts, $points, new FakeShopper(null, $customerId));
        $resolver->resolve(new Field(), null, new ResolveInfo(), null, ['input' => ['cart_id' => 'masked', 'points' => 5]]);
    }
}
