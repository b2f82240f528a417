<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\StandardWebhook;
use PHPUnit\Framework\TestCase;

final class StandardWebhookTest extends TestCase
{
    public function testSignsAsTheSpecificationsExample(): void
    {
        $headers = (new StandardWebhook())->headers(
            'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
            'msg_p5jXN8AQM9LWM0D4loKWxJek',
            1614265330,
            '{"test": 2432232314}',
        );
        self::assertSame([
            'webhook-id' => 'msg_p5jXN8AQM9LWM0D4loKWxJek',
            'webhook-timestamp' => '1614265330',
            'webhook-signature' => 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        ], $headers);
    }

    public function testRefusesASecretThatIsNone(): void
    {
        $this->expectException(\InvalidArgumentException::class);
        (new StandardWebhook())->headers('whsec_***', 'msg_1', 1, '');
    }
}
