<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

/** Stands in for a view model: the lists it is given, and words for the rest. */
final class PageModel
{
    /** @param array<string, mixed> $lists by method */
    public function __construct(private readonly array $lists)
    {
    }

    /** @param array<int, mixed> $arguments */
    public function __call(string $method, array $arguments): mixed
    {
        return array_key_exists($method, $this->lists) ? $this->lists[$method] : match ($method) {
            'newKey' => '0123456789abcdef0123456789abcdef',
            'obstacle' => "{$arguments[0]['kind']} {$arguments[0]['value']}",
            'state' => "state {$arguments[0]}",
            'money' => number_format($arguments[0] / 100, 2, '.', '') . ' EUR',
            'automatic' => $arguments[0] === null ? null : "every {$arguments[0]}",
            'brings' => ['Tier Gold'],
            'term' => '12 months',
            'link' => 'https://shop.example/club',
            default => throw new \BadMethodCallException($method),
        };
    }
}
