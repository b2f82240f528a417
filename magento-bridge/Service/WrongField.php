<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** What was sent to us does not have the shape agreed on. */
class WrongField extends \DomainException
{
    public function __construct(public readonly string $field, string $problem)
    {
        parent::__construct($field . ' ' . $problem);
    }
}
