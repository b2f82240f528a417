<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

final class RouteResponse implements \JsonSerializable
{
    public readonly ResponseCache $cache;

    /** @param array<string, mixed>|null $body */
    public function __construct(public readonly int $status, public readonly ?array $body, public readonly ?string $redirect)
    {
        $this->cache = new ResponseCache();
    }

    public function jsonSerialize(): mixed
    {
        return ['status' => $this->status, 'body' => $this->body, 'redirect' => $this->redirect, 'isCached' => $this->cache->isEnabled];
    }
}
