<?php declare(strict_types=1);

/**
 * Takes the folder of the scripts, reads scenarios as JSON from standard input and answers an array of the same length:
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
$engines = [true => new ScriptEngine($scripts), false => new ScriptEngine($scripts, false)];
$scenarios = json_decode(stream_get_contents(\STDIN), true, 512, \JSON_THROW_ON_ERROR);
$answers = array_map(static function (array $scenario) use ($engines, $scripts): array {
    $engine = $engines[$scenario['strict'] ?? true];
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
}, $scenarios);
echo json_encode($answers, \JSON_THROW_ON_ERROR);
