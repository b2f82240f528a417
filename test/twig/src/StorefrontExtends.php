<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Node\Node;
use Twig\Token;
use Twig\TokenParser\AbstractTokenParser;

/** The shop's own; the page that is extended is the shop's and not here. */
final class StorefrontExtends extends AbstractTokenParser
{
    public function parse(Token $token): Node
    {
        $this->parser->setParent($this->parser->getExpressionParser()->parseExpression());
        $this->parser->getStream()->expect(Token::BLOCK_END_TYPE);

        return new Node();
    }

    public function getTag(): string
    {
        return 'sw_extends';
    }
}
