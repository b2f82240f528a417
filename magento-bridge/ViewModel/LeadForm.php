<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\Programmes;
use Magento\Csp\Model\Collector\DynamicCollector;
use Magento\Csp\Model\Policy\FetchPolicy;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** What the form for people without an account says, and where it is sent: to the sidecar, which answers with a page. */
class LeadForm implements ArgumentInterface
{
    public function __construct(
        private readonly Programmes $programmes,
        private readonly Figures $figures,
        private readonly DynamicCollector $policies,
    ) {
    }

    /** @return array{action: string, version: string, text: string}|null null while the programme has none */
    public function terms(): ?array
    {
        $leads = $this->programmes->currentTerms()->section('leads');
        $texts = is_array($leads['texts'] ?? null) ? $leads['texts'] : [];
        $page = (string) ($leads['page'] ?? '');
        if ($page === '' || $texts === []) {
            return null;
        }
        $language = $this->figures->language();
        // Shops that enforce a policy send forms to themselves alone.
        $this->policies->add(new FetchPolicy('form-action', false, [$this->origin($page)]));

        return [
            'action' => $page . '/' . $language,
            'version' => (string) ($leads['version'] ?? ''),
            'text' => (string) ($texts[$language] ?? $texts['en'] ?? reset($texts)),
        ];
    }

    private function origin(string $page): string
    {
        return preg_match('#^https?://[^/]+#', $page, $match) === 1 ? $match[0] : '';
    }
}
