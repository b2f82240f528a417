<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Environment;
use Twig\Loader\LoaderInterface;
use Twig\Node\Node;

/** Like the shop's environment, it compiles macro calls to a function that knows `{% return value %}`. */
final class ScriptEnvironment extends Environment
{
    private ?Services $services = null;

    /** @param array<string, mixed> $options */
    public function __construct(LoaderInterface $loader, array $options)
    {
        parent::__construct($loader, ['use_yield' => true] + $options);
    }

    public function setServices(Services $services): void
    {
        $this->services = $services;
    }

    /** @return array<string, mixed> */
    public function getGlobals(): array
    {
        return ['services' => $this->services] + parent::getGlobals();
    }

    /** @param array<string, mixed> $context */
    public function mergeGlobals(array $context): array
    {
        return $context + $this->getGlobals();
    }

    public function compile(Node $node): string
    {
        return str_replace('CoreExtension::callMacro(', '\\' . MacroCall::class . '::call(', parent::compile($node));
    }
}
