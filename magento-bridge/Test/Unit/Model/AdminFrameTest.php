<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Model;

use Loyalty\Sidecar\Model\AdminFrame;
use Loyalty\Sidecar\Service\AdminAddress;
use Loyalty\Sidecar\Service\StandardWebhook;
use Loyalty\Sidecar\Test\Unit\Fake\FakePairing;
use Magento\Backend\Model\Auth\Session\Proxy;
use Magento\Backend\Model\UrlInterface;
use Magento\Framework\AuthorizationInterface;
use Magento\Framework\Locale\ResolverInterface;
use Magento\Framework\Math\Random;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class AdminFrameTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once dirname(__DIR__) . '/Fake/magento.php';
    }

    public function testTheAddressSaysWhoOpensThePagesAndWhere(): void
    {
        $url = $this->frame(['Loyalty_Sidecar::view'])->url(0);
        self::assertStringStartsWith('https://sidecar.example/loyalty/magento/admin?shop=shop-1&admin=https%3A%2F%2Fshop.example%3A8443&', $url);
        parse_str((string) parse_url($url, PHP_URL_QUERY), $said);
        self::assertSame(['Анна', 'view', 'ru-RU'], [$said['user'], $said['role'], $said['locale']]);
        self::assertSame(32, strlen($said['nonce']));
        self::assertEqualsWithDelta(time(), (int) $said['timestamp'], 5);
        $signed = array_diff_key($said, ['signature' => '']);
        self::assertStringEndsWith('?' . (new AdminAddress(new StandardWebhook()))->query(FakePairing::SECRET, $signed), $url);
    }

    public function testEveryAddressIsAnotherOne(): void
    {
        $frame = $this->frame(['Loyalty_Sidecar::view']);
        self::assertNotSame($frame->url(0), $frame->url(0));
    }

    /** @param string[] $rights */
    #[DataProvider('roles')]
    public function testTheRoleIsTheMostThatTheUserMayDo(array $rights, string $role): void
    {
        parse_str((string) parse_url($this->frame($rights)->url(0), PHP_URL_QUERY), $said);
        self::assertSame($role, $said['role'] ?? '');
    }

    /** @return iterable<string, array{string[], string}> */
    public static function roles(): iterable
    {
        yield 'none' => [['Loyalty_Sidecar::loyalty', 'Loyalty_Sidecar::outbox'], ''];
        yield 'to see' => [['Loyalty_Sidecar::view'], 'view'];
        yield 'to help' => [['Loyalty_Sidecar::view', 'Loyalty_Sidecar::support'], 'support'];
        yield 'to manage' => [['Loyalty_Sidecar::view', 'Loyalty_Sidecar::support', 'Loyalty_Sidecar::manage'], 'manage'];
    }

    public function testNothingIsSignedForNobodyAndWithoutASidecar(): void
    {
        self::assertSame('', $this->frame(['Loyalty_Sidecar::manage'], '')->url(0));
        self::assertSame('', $this->frame(['Loyalty_Sidecar::manage'], '')->origin(0));
        self::assertSame('', $this->frame(['Loyalty_Sidecar::manage'], 'https://sidecar.example', null)->url(0));
    }

    #[DataProvider('origins')]
    public function testOriginsAreWrittenAsBrowsersDo(string $url, string $origin): void
    {
        self::assertSame($origin, $this->frame([], $url)->origin(0));
    }

    /** @return iterable<string, array{string, string}> */
    public static function origins(): iterable
    {
        yield 'with a path' => ['https://sidecar.example/loyalty', 'https://sidecar.example'];
        yield 'with a port of its own' => ['http://127.0.0.1:8082', 'http://127.0.0.1:8082'];
        yield 'with the port of its scheme' => ['https://sidecar.example:443', 'https://sidecar.example'];
        yield 'in capital letters' => ['HTTPS://Sidecar.Example', 'https://sidecar.example'];
    }

    /** @param string[] $allowed */
    private function frame(array $allowed, string $sidecar = 'https://sidecar.example/loyalty', ?string $user = 'Анна'): AdminFrame
    {
        $session = new class ($user) extends Proxy {
            public function __construct(private readonly ?string $name)
            {
            }

            public function getUser(): ?self
            {
                return $this->name === null ? null : $this;
            }

            public function getUserName(): string
            {
                return (string) $this->name;
            }
        };
        $rights = new class ($allowed) implements AuthorizationInterface {
            /** @param string[] $allowed */
            public function __construct(private readonly array $allowed)
            {
            }

            public function isAllowed(string $resource): bool
            {
                return in_array($resource, $this->allowed, true);
            }
        };
        $locale = new class () implements ResolverInterface {
            public function getLocale(): string
            {
                return 'ru_RU';
            }
        };
        $urls = new class () implements UrlInterface {
            public function getUrl(string $path): string
            {
                return 'https://shop.example:8443/index.php/backoffice/' . $path . '/key/123/';
            }
        };
        $random = new class () extends Random {
            public function getRandomString(int $length): string
            {
                return substr(bin2hex(random_bytes($length)), 0, $length);
            }
        };

        return new AdminFrame(new FakePairing($sidecar), new AdminAddress(new StandardWebhook()), $session, $rights, $locale, $urls, $random);
    }
}
