<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** A page of the storefront with a cart, before it is rendered. */
final class PageCall
{
    public function __construct(private readonly ScriptEngine $engine)
    {
    }

    /**
     * @param array<string, mixed> $call
     *
     * @return array<string, mixed>
     */
    public function run(array $call): array
    {
        $cart = new Cart();
        foreach ($call['lines'] as $given) {
            $line = new LineItem($given['id'], $given['type'] ?? 'product', $given['product'] ?? null, 1);
            $line->label = $given['label'] ?? null;
            $line->payload = $given['payload'] ?? [];
            $line->price = isset($given['unit']) ? new Price((float) $given['unit'], (float) $given['unit'], new Taxes(0.0)) : null;
            $cart->lineItems->add($line);
        }
        $store = new StoreFacade($call['products'] ?? []);
        $repository = new RepositoryFacade($call['customers'] ?? []);
        $hook = new PageHook($cart, Context::read(['customer' => $call['customer'] ?? null, 'ruleIds' => $call['ruleIds'] ?? []]));
        try {
            $config = new ConfigFacade($call['programme'] ?? null);
            $services = new Services(['store' => $store, 'config' => $config, 'repository' => $repository]);
            $this->engine->load($call['page'] . '/' . ($call['file'] ?? 'gifts.twig'), $services)->render(['hook' => $hook]);
        } catch (\Throwable $error) {
            return ['broken' => $error->getMessage()];
        }

        return ['extensions' => $hook->page->extensions, 'searches' => $store->searches + $repository->searches];
    }
}
