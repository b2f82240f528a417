<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

/** One request to a route of the app. */
final class RouteCall
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
        $writer = new WriterFacade();
        $services = new Services([
            'request' => new RequestFacade((string) ($call['method'] ?? 'POST')),
            'response' => new ResponseFactory(),
            'writer' => $writer,
            'config' => new ConfigFacade($call['programme'] ?? null),
        ]);
        $hook = new RouteHook((array) ($call['request'] ?? []), Context::read(['customer' => $call['customer'] ?? null]));
        try {
            $template = $this->engine->load($call['script'], $services);
            isset($call['block']) ? $template->renderBlock($call['block'], ['hook' => $hook]) : $template->render(['hook' => $hook]);
        } catch (\Throwable $error) {
            return ['broken' => $error->getMessage()];
        }

        return ['response' => $hook->response, 'writes' => $writer->writes];
    }
}
