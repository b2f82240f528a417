<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Loader\ArrayLoader;
use Twig\TwigFunction;

/** A condition of the rule builder. A shop puts its script into a macro and takes what that returns as a text for yes or no. */
final class ConditionCall
{
    public function __construct(private readonly string $scripts)
    {
    }

    /**
     * @param array<string, mixed> $call
     *
     * @return array<string, mixed>
     */
    public function run(array $call): array
    {
        $scope = new ConditionScope(Context::read(['customer' => $call['customer']]));
        $values = ['scope' => $scope] + $call['values'];
        $names = implode(', ', array_keys($values));
        $script = file_get_contents($this->scripts . '/rule-conditions/' . $call['condition']);
        $wrapped = "{% macro evaluate($names) %}$script{% endmacro %}{% set answer = _self.evaluate($names) %}{{ answer }}";
        $twig = new ScriptEnvironment(new ArrayLoader(['condition' => $wrapped]), ['strict_variables' => true]);
        $twig->addExtension(new ScriptSyntax());
        $twig->addFunction(new TwigFunction('compare', self::compare(...)));
        try {
            $answer = trim($twig->render('condition', $values));
        } catch (\Throwable $error) {
            return ['broken' => $error->getMessage()];
        }

        return ['matches' => filter_var($answer, \FILTER_VALIDATE_BOOLEAN)];
    }

    private static function compare(string $operator, mixed $value, mixed $comparable): bool
    {
        if (is_numeric($value) && is_numeric($comparable)) {
            [$value, $comparable] = [(float) $value, (float) $comparable];
        }

        return match ($operator) {
            '=' => $value === $comparable,
            '!=' => $value !== $comparable,
            '>=' => $value >= $comparable,
            '<=' => $value <= $comparable,
            '>' => $value > $comparable,
            '<' => $value < $comparable,
        };
    }
}
