<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

/** The gift in the cart: a row of Luma's table, an article of Hyvä's list. */
final class GiftTemplatesTest extends TestCase
{
    public static function setUpBeforeClass(): void
    {
        require_once __DIR__ . '/phrase.php';
    }

    /** @return array<string, array{string, string, string}> template, first tag, what it says */
    public static function templates(): array
    {
        return [
            'Luma' => ['cart/gift', '<tbody', '<b>Cup Free product 0.00 2 0.00'],
            'Hyvä' => ['hyva/cart/gift', '<article', '<b>Cup × 2 Free product Subtotal 0.00'],
        ];
    }

    #[DataProvider('templates')]
    public function testTheGiftHasNothingToTypeAndNoMarkupOfItsName(string $template, string $tag, string $said): void
    {
        $html = $this->page($template, new GiftBlock('<b>Cup', 2.0));
        self::assertStringStartsWith($tag, trim($html));
        self::assertStringNotContainsString('<b>', $html);
        self::assertStringNotContainsString('<input', $html);
        self::assertSame($said, trim((string) preg_replace('/\s+/', ' ', html_entity_decode((string) preg_replace('/<[^>]*>/', ' ', $html)))));
    }

    public function testOneIsNotCounted(): void
    {
        self::assertStringNotContainsString('×', $this->page('hyva/cart/gift', new GiftBlock('Cup', 1.0)));
    }

    private function page(string $template, GiftBlock $block): string
    {
        $escaper = new PageEscaper();
        ob_start();
        include dirname(__DIR__, 3) . "/view/frontend/templates/{$template}.phtml";

        return (string) ob_get_clean();
    }
}
