<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\AdminFrame;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Backend\Model\UrlInterface;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\AuthorizationInterface;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Store\Model\StoreManagerInterface;

/** Which programme the page of the administration shows, and what to do where there is none. */
class AdminPage implements ArgumentInterface
{
    public function __construct(
        private readonly ProgrammeScope $scopes,
        private readonly AdminFrame $frame,
        private readonly RequestInterface $request,
        private readonly StoreManagerInterface $stores,
        private readonly AuthorizationInterface $rights,
        private readonly UrlInterface $urls,
    ) {
    }

    /** The scope that was asked for, else the first that is paired. */
    public function scope(): int
    {
        $paired = $this->scopes->paired();
        $asked = (int) $this->request->getParam('website', ProgrammeScope::WHOLE);

        return in_array($asked, $paired, true) ? $asked : ($paired[0] ?? ProgrammeScope::WHOLE);
    }

    /** Signed anew each time; empty while nothing is paired. */
    public function frameUrl(): string
    {
        return $this->frame->url($this->scope());
    }

    public function frameOrigin(): string
    {
        return $this->frame->origin($this->scope());
    }

    /** @return array<int, array{name: string, url: string, isShown: bool}> programmes to choose from; empty where there is no choice */
    public function programmes(): array
    {
        $paired = $this->scopes->paired();
        $shown = $this->scope();

        return count($paired) < 2 ? [] : array_map(fn (int $scope): array => [
            'name' => $scope === ProgrammeScope::WHOLE ? (string) __('All Websites') : (string) $this->stores->getWebsite($scope)->getName(),
            'url' => $this->urls->getUrl('loyalty/page/index', $scope === ProgrammeScope::WHOLE ? [] : ['website' => $scope]),
            'isShown' => $scope === $shown,
        ], $paired);
    }

    /** Where the shop is paired and the connection tried; null for whoever may not. */
    public function settingsUrl(): ?string
    {
        return $this->rights->isAllowed('Loyalty_Sidecar::config') ? $this->urls->getUrl('adminhtml/system_config/edit', ['section' => 'loyalty']) : null;
    }
}
