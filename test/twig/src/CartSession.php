<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** One shopper's cart through a list of steps: what the shopper, the merchant or the sidecar does, each followed by a load. */
final class CartSession
{
    private const MOST_PASSES = 7;

    private Cart $stored;
    /** @var array<string, Product> */
    private array $catalogue = [];
    /** @var array<string, float> */
    private array $promotions = [];
    /** @var array<string, mixed> */
    private array $context;
    private mixed $programme;

    /** @param array<string, mixed> $scenario */
    public function __construct(array $scenario, private readonly ScriptEngine $engine)
    {
        $this->stored = new Cart();
        $this->context = $scenario['context'] ?? [];
        $this->programme = $scenario['programme'] ?? null;
        foreach ($scenario['catalogue'] as $id => $data) {
            $this->catalogue[$id] = Product::read((string) $id, $data);
        }
    }

    /**
     * @param array<string, mixed> $step
     *
     * @return array<string, mixed>
     */
    public function run(array $step): array
    {
        $refusal = $this->apply($step);
        try {
            return ['refusal' => $refusal] + $this->loadCart(($step['do'] ?? '') === 'edit-order');
        } catch (\Throwable $error) {
            return ['refusal' => $refusal, 'broken' => $error->getMessage()];
        }
    }

    /** @param array<string, mixed> $step */
    private function apply(array $step): ?string
    {
        $items = $this->stored->lineItems;
        switch ($step['do'] ?? 'load') {
            case 'add':
                return $this->add($step);
            case 'quantity':
            case 'remove':
                return $this->change($items->get($step['id']), $step);
            case 'customer':
                $this->context['customer'] = $step['customer'];
                break;
            case 'fields':
                $this->context['customer']['customFields'] = $step['fields'] + ($this->context['customer']['customFields'] ?? []);
                break;
            case 'context':
                $this->context = $step['context'] + $this->context;
                break;
            case 'product':
                $this->catalogue[$step['id']] = Product::read($step['id'], $step['data']);
                break;
            case 'promotion':
                $this->promotions[$step['id']] = (float) $step['value'];
                break;
            case 'programme':
                $this->programme = $step['programme'];
                break;
            case 'new-cart':
                $this->stored = new Cart();
                break;
            case 'load':
            case 'edit-order':
                break;
            default:
                throw new \InvalidArgumentException("unknown step {$step['do']}");
        }

        return null;
    }

    /** @param array<string, mixed> $step */
    private function add(array $step): ?string
    {
        $item = new LineItem($step['id'] ?? $step['product'], 'product', $step['product'], $step['quantity'] ?? 1);
        $item->payload = $step['payload'] ?? [];
        try {
            $this->stored->lineItems->add($item);
        } catch (\LogicException $error) {
            return $error->getMessage();
        }

        return null;
    }

    /** @param array<string, mixed> $step */
    private function change(?LineItem $item, array $step): ?string
    {
        if ($item === null) {
            return 'not found';
        }
        if ($step['do'] === 'remove') {
            if (!$item->removable) {
                return 'not removable';
            }
            $this->stored->lineItems->remove($item->id);

            return null;
        }
        if ($item->type !== 'product') {
            return 'type not supported';
        }
        if (!$item->stackable) {
            return 'not stackable';
        }
        $item->setQuantity($step['quantity']);

        return null;
    }

    /** @return array<string, mixed> */
    private function loadCart(bool $isRecalculation): array
    {
        $context = Context::read($this->context);
        $processor = new Processor($this->catalogue, $this->promotions, $context, $this->engine, $this->programme);
        $behavior = new Behavior($isRecalculation);
        $cart = $processor->process($this->stored->reload(), $behavior, true);
        do {
            $before = $this->outline($cart);
            $cart = $processor->process($cart, $behavior, true);
        } while ($before !== $this->outline($cart) && $processor->passes < self::MOST_PASSES);
        $this->stored = $cart;

        return [
            'lines' => array_values(array_map($this->describe(...), $cart->lineItems->getElements())),
            'total' => round($cart->lineItems->total(), 6),
            'errors' => array_keys($cart->errors),
            'told' => array_values(array_map(static fn (CartError $error): array => ['key' => $error->messageKey] + $error->parameters, $cart->told)),
            'states' => array_values($cart->states),
            'passes' => $processor->passes,
            'calculations' => $processor->explicit,
        ];
    }

    private function outline(Cart $cart): string
    {
        $items = $cart->lineItems->getElements();

        return json_encode([array_keys($items), array_column($items, 'type'), $cart->lineItems->total()], \JSON_THROW_ON_ERROR);
    }

    /** @return array<string, mixed> */
    private function describe(LineItem $item): array
    {
        return [
            'id' => $item->id,
            'type' => $item->type,
            'product' => $item->referencedId,
            'quantity' => $item->quantity,
            'unit' => $item->price?->unitPrice,
            'total' => $item->price?->totalPrice,
            'label' => $item->label,
            'removable' => $item->removable,
            'stackable' => $item->stackable,
            'payload' => (object) array_diff_key($item->payload, ($this->catalogue[$item->referencedId ?? ""] ?? null)?->payload() ?? []),
        ];
    }
}
