<?php declare(strict_types=1);

/**
 * Takes the folder of the scripts, reads lines of scenarios as JSON arrays from standard input, and answers each with a line,
 * an array of the same length:
 * `{ "catalogue", "context", "programme", "steps": [...] }` gives the cart after every step,
 * `{ "script", "block", "method", "request", "customer", "programme" }` gives the answer of a route,
 * `{ "page", "file", "lines", "customer", "programme", "products", "customers" }` gives what a script put on a page,
 * `{ "views": "all" }` gives what of all views does not compile,
 * `{ "view", "variables", "customer", "programme", "locale" }` gives a page's part in a language,
 * `{ "condition", "customer", "values" }` gives whether a rule's condition holds.
 */

use Loyalty\TwigHarness\CartSession;
use Loyalty\TwigHarness\ConditionCall;
use Loyalty\TwigHarness\PageCall;
use Loyalty\TwigHarness\RouteCall;
use Loyalty\TwigHarness\ScriptEngine;
use Loyalty\TwigHarness\ViewCall;

require __DIR__ . '/vendor/autoload.php';

$scripts = $argv[1];
$answer = static function (array $scenario) use ($scripts): array {
    static $engines = [];
    $strict = $scenario['strict'] ?? true;
    $engine = $engines[$strict] ??= new ScriptEngine($scripts, $strict);
    if (isset($scenario['page'])) {
        return (new PageCall($engine))->run($scenario);
    }
    if (isset($scenario['views'])) {
        return (new ViewCall(dirname($scripts)))->faults();
    }
    if (isset($scenario['view'])) {
        return (new ViewCall(dirname($scripts)))->run($scenario);
    }
    if (isset($scenario['condition'])) {
        return (new ConditionCall($scripts))->run($scenario);
    }
    if (isset($scenario['script'])) {
        return (new RouteCall($engine))->run($scenario);
    }
    $session = new CartSession($scenario, $engine);

    return array_map($session->run(...), $scenario['steps']);
};
while (($line = fgets(\STDIN)) !== false) {
    echo json_encode(array_map($answer, json_decode($line, true, 512, \JSON_THROW_ON_ERROR)), \JSON_THROW_ON_ERROR), "\n";
}
