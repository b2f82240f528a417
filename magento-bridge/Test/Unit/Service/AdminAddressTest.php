<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\AdminAddress;
use Loyalty\Sidecar\Service\StandardWebhook;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class AdminAddressTest extends TestCase
{
    /** @param array<string, string> $parameters */
    #[DataProvider('addresses')]
    public function testSignsAsTheSidecarExpects(string $secret, array $parameters, string $query): void
    {
        self::assertSame($query, (new AdminAddress(new StandardWebhook()))->query($secret, $parameters));
    }

    /** @return iterable<string, array{string, array<string, string>, string}> the sidecar's tests read the same file */
    public static function addresses(): iterable
    {
        $addresses = json_decode((string) file_get_contents(__DIR__ . '/admin-addresses.json'), true, 8, JSON_THROW_ON_ERROR);
        foreach ($addresses as ['name' => $name, 'secret' => $secret, 'parameters' => $parameters, 'query' => $query]) {
            yield $name => [$secret, $parameters, $query];
        }
    }

    public function testIsNoSignatureOfAWebhook(): void
    {
        $secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
        $webhook = new StandardWebhook();
        parse_str((new AdminAddress($webhook))->query($secret, ['shop' => '1']), $parameters);
        self::assertNotSame($parameters['signature'], hash_hmac('sha256', 'shop=1', $webhook->key($secret)));
    }

    public function testRefusesToSignWithoutASecret(): void
    {
        $this->expectException(\InvalidArgumentException::class);
        (new AdminAddress(new StandardWebhook()))->query('', ['shop' => '1']);
    }
}
