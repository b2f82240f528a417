<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Attribute\YieldReady;
use Twig\Compiler;
use Twig\Node\Node;
use Twig\Node\NodeOutputInterface;

#[YieldReady]
final class ReturnNode extends Node implements NodeOutputInterface
{
    public function compile(Compiler $compiler): void
    {
        $compiler->addDebugInfo($this);
        if ($this->hasNode('value')) {
            $compiler->write('\\' . MacroCall::class . '::$result = ')->subcompile($this->getNode('value'))->raw(";\n");
        }
        $compiler->write("return;\n");
    }
}
