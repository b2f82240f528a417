<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class RouteHook
{
    public ?RouteResponse $response = null;

    /** @param array<string, mixed> $request */
    public function __construct(public readonly array $request, public readonly Context $salesChannelContext)
    {
    }

    public function setResponse(RouteResponse $response): void
    {
        $this->response = $response;
    }
}
