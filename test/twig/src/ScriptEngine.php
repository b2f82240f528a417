<?php declare(strict_types=1);

namespace Loyalty\TwigHarness;

use Twig\Loader\FilesystemLoader;
use Twig\TemplateWrapper;
use Twig\TwigFilter;

/** Twig as a shop sets it up for app scripts. A shop is lenient with unknown names; here they throw, so that slips show. */
final class ScriptEngine
{
    private ScriptEnvironment $twig;

    public function __construct(string $scripts, bool $strict = true)
    {
        $this->twig = new ScriptEnvironment(new FilesystemLoader($scripts), ['strict_variables' => $strict]);
        $this->twig->addExtension(new ScriptSyntax());
        $this->twig->addFilter(new TwigFilter('trans', static fn (string $key): string => $key));
    }

    public function load(string $script, Services $services): TemplateWrapper
    {
        $this->twig->setServices($services);

        return $this->twig->load($script);
    }
}
