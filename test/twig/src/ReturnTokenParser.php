<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Token;
use Twig\TokenParser\AbstractTokenParser;

/** `{% return %}` and `{% return value %}`. */
final class ReturnTokenParser extends AbstractTokenParser
{
    public function parse(Token $token): ReturnNode
    {
        $stream = $this->parser->getStream();
        $value = $stream->test(Token::BLOCK_END_TYPE) ? [] : ['value' => $this->parser->getExpressionParser()->parseExpression()];
        $stream->expect(Token::BLOCK_END_TYPE);

        return new ReturnNode($value, [], $token->getLine(), $this->getTag());
    }

    public function getTag(): string
    {
        return 'return';
    }
}
