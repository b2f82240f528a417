<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Test\Unit\Fake;

use Magento\Quote\Model\Quote;

/** A cart's errors as Magento keeps them: of each type, the first message counts. */
final class FakeCart extends Quote
{
    /** @var array<int, array{type: string, origin: string, code: int, message: string}> */
    private array $errors = [];

    /** @param FakeCartItem[] $items */
    public function __construct(public array $items)
    {
    }

    /** @return FakeCartItem[] */
    public function getAllVisibleItems(): array
    {
        return $this->items;
    }

    public function addErrorInfo(string $type, string $origin, int $code, \Stringable|string $message): void
    {
        $this->errors[] = ['type' => $type, 'origin' => $origin, 'code' => $code, 'message' => (string) $message];
    }

    /** @param array{origin: string, code: int} $params */
    public function removeErrorInfosByParams(?string $type, array $params): void
    {
        $this->errors = array_values(array_filter(
            $this->errors,
            static fn (array $error): bool => ($type !== null && $error['type'] !== $type)
                || $error['origin'] !== $params['origin'] || $error['code'] !== $params['code'],
        ));
    }

    /** @return string[] */
    public function messages(): array
    {
        $first = [];
        foreach ($this->errors as ['type' => $type, 'message' => $message]) {
            $first[$type] ??= $message;
        }

        return array_values($first);
    }
}
