<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

/** Magento's own does more; nothing that a reader could tell apart. */
final class PageEscaper
{
    public function escapeHtml(mixed $text): string
    {
        return htmlspecialchars((string) $text, ENT_QUOTES);
    }

    public function escapeHtmlAttr(mixed $text): string
    {
        return htmlspecialchars((string) $text, ENT_QUOTES);
    }

    public function escapeUrl(string $url): string
    {
        return preg_match('/^\s*(javascript|data):/i', $url) === 1 ? '' : htmlspecialchars($url, ENT_QUOTES);
    }
}
