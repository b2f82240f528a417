<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Service;

use Loyalty\Sidecar\Service\QrCode;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class QrCodeTest extends TestCase
{
    private const TEXT = 'https://shop.example/?ref=ANN-4711&from=';

    #[DataProvider('codes')]
    public function testIsTheCodeThatOtherProgramsMake(int $length, int $side, string $hash): void
    {
        $modules = (new QrCode())->modules(substr(str_repeat(self::TEXT, 8), 0, $length));
        self::assertCount($side, $modules ?? []);
        $rows = array_map(static fn (array $row): string => implode('', array_map('intval', $row)), $modules ?? []);
        self::assertSame($hash, hash('sha256', implode("\n", $rows)));
    }

    /** @return iterable<string, array{int, int, string}> made by the npm package qrcode 1.5 with medium correction and mask 0 */
    public static function codes(): iterable
    {
        yield '1 bytes' => [1, 21, '1391567a70f543125a12de8a6e6c60d68a81102b5513c04b000a2c5b6c3a677d'];
        yield '14 bytes' => [14, 21, 'cf5c7a7575a702f851d894132020cbb0d1ad82a7970b7176d69c8f6ab6ac552a'];
        yield '15 bytes' => [15, 25, '2e08b819ec23c803ce50e80ae39416fda3bee0bda6fb7ae12e68ce211d25c969'];
        yield '26 bytes' => [26, 25, 'ce92c9a8497aa81252f362ae47d222c26ea23aeee4e810d41f494f89dd2fc26f'];
        yield '42 bytes' => [42, 29, '14dcd92554b4f5e40e701377bbc372b09edd4ec1270b11fe71bd9a984727abb5'];
        yield '62 bytes' => [62, 33, '4936bbbbc08325b6e99bbd60059d595e21c0d0f911cee3abc9bcbac3d10ab343'];
        yield '84 bytes' => [84, 37, '69871ce8fa98f65cba376270c077d8fc77cb75bc6d44db6c8f845eb1bab48767'];
        yield '106 bytes' => [106, 41, '9a88367d76b873c5389c09e6b22b260a0c73156e85a590ff3cf52cb5ae821756'];
        yield '122 bytes' => [122, 45, '4564234cfd515b7cf63752b78f58dbf71483d3353406c398eef9ce3d2d87ba96'];
        yield '152 bytes' => [152, 49, 'e4d6018a820fb51c61fe2a69a4c80afbe2be68ee15f4ad46dea349627c86518e'];
        yield '180 bytes' => [180, 53, 'c1ff60c4269e833c4b02c377e7a749212c09fc45c3ad90fe0c35bc92add803a5'];
        yield '213 bytes' => [213, 57, '709bc86f651f0ac57ada986b59ba3dadb2b80aace28202dcdc86c7649afbdfca'];
    }

    public function testHasNoRoomForMore(): void
    {
        self::assertNull((new QrCode())->modules(str_repeat('x', 214)));
        self::assertNull((new QrCode())->svg(str_repeat('x', 214)));
    }

    public function testIsAPictureWithAQuietEdge(): void
    {
        $svg = (string) (new QrCode())->svg('https://shop.example/?ref=ANN');
        self::assertStringStartsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37"', $svg);
        self::assertStringContainsString('M4 4h1v1h-1z', $svg);
        self::assertStringNotContainsString('M3 ', $svg);
    }

    public function testBringsNothingOfTheTextIntoThePicture(): void
    {
        self::assertStringNotContainsString('script', (string) (new QrCode())->svg('<script>alert(1)</script>'));
    }
}
