<?php declare(strict_types=1);

if (!function_exists('__')) {
    /** Magento's function of the same name, in English. */
    function __(string $text, mixed ...$values): string
    {
        foreach ($values as $index => $value) {
            $text = str_replace('%' . ($index + 1), (string) $value, $text);
        }

        return $text;
    }
}
