<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Template;

/** What a template asks of its block. */
final class PageBlock
{
    /** @param array<string, object> $data */
    public function __construct(private readonly array $data)
    {
    }

    public function getData(string $name): object
    {
        return $this->data[$name];
    }

    public function getUrl(string $path): string
    {
        return 'https://shop.example/' . $path;
    }

    public function getBlockHtml(string $name): string
    {
        return $name === 'formkey' ? '<input name="form_key" type="hidden" value="f">' : '';
    }

    public function getProduct(): object
    {
        return new class () {
            public function getSku(): string
            {
                return 'CLUB';
            }
        };
    }
}
