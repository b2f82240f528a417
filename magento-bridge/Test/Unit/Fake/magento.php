<?php declare(strict_types=1);

/*
 * Magento is not there in these tests. What its types are called is enough for ours to be loaded; what they do, the fakes beside this
 * file say.
 */
(static function (): void {
    $constants = [
        'Magento\Catalog\Pricing\Price\RegularPrice' => "const PRICE_CODE = 'regular_price';",
        'Magento\Framework\App\Area' => "const AREA_FRONTEND = 'frontend';",
        'Magento\Framework\DB\Adapter\AdapterInterface' => 'const INSERT_IGNORE = 8;',
        'Magento\Store\Model\ScopeInterface' => "const SCOPE_STORE = 'store';",
    ];
    spl_autoload_register(static function (string $type) use ($constants): void {
        if (preg_match('/^((?:Magento|Psr)(?:\\\\\w+)*)\\\\(\w+)$/D', $type, $parts) !== 1) {
            return;
        }
        [, $namespace, $name] = $parts;
        $kind = match (true) {
            str_ends_with($name, 'Interface') => "interface {$name}",
            str_ends_with($name, 'Exception') => "class {$name} extends \\Exception",
            default => "class {$name}",
        };
        // phpcs:ignore Squiz.PHP.Eval
        eval("namespace {$namespace}; {$kind} { " . ($constants[$type] ?? '') . ' }');
    });
})();
