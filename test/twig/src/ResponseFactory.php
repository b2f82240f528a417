<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class ResponseFactory
{
    /** @param array<string, mixed> $data */
    public function json(array $data, int $code = 200): RouteResponse
    {
        return new RouteResponse($code, $data, null);
    }

    /** @param array<string, mixed> $parameters */
    public function redirect(string $route, array $parameters, int $code = 302): RouteResponse
    {
        return new RouteResponse($code, null, $route);
    }
}
