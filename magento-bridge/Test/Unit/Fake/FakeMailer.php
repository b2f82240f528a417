<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Framework\Mail\Template\TransportBuilder;

/** Keeps the mails it was asked to send; while it is broken, none goes out. */
final class FakeMailer extends TransportBuilder
{
    /** @var array<int, array<string, mixed>> what was said of each mail, by method */
    public array $sent = [];
    public bool $isBroken = false;
    /** @var array<string, mixed> */
    private array $next = [];

    /** @param array<int, mixed> $arguments */
    public function __call(string $method, array $arguments): self
    {
        $this->next[$method] = $method === 'addBcc' ? [...($this->next[$method] ?? []), ...$arguments] : $arguments;

        return $this;
    }

    public function getTransport(): self
    {
        return $this;
    }

    public function sendMessage(): void
    {
        if ($this->isBroken) {
            throw new \RuntimeException('The mail server does not answer.');
        }
        $this->sent[] = $this->next;
        $this->next = [];
    }
}
