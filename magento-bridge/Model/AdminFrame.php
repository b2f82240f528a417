<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Service\AdminAddress;
use Magento\Backend\Model\Auth\Session\Proxy;
use Magento\Backend\Model\UrlInterface;
use Magento\Framework\AuthorizationInterface;
use Magento\Framework\Locale\ResolverInterface;
use Magento\Framework\Math\Random;

/** Whose pages of the sidecar the administration shows, and to whom. */
class AdminFrame
{
    /** What a role of the administration may do there, the most first. */
    private const ROLES = [
        'manage' => 'Loyalty_Sidecar::manage',
        'support' => 'Loyalty_Sidecar::support',
        'view' => 'Loyalty_Sidecar::view',
    ];
    /** Browsers leave these out. */
    private const PORTS = ['http' => 80, 'https' => 443];
    private const NONCE_LENGTH = 32;

    public function __construct(
        private readonly Config $config,
        private readonly AdminAddress $address,
        private readonly Proxy $session,
        private readonly AuthorizationInterface $rights,
        private readonly ResolverInterface $locale,
        private readonly UrlInterface $urls,
        private readonly Random $random,
    ) {
    }

    /** Scheme and host that the frame comes from; empty while the scope is not paired. */
    public function origin(int $scope): string
    {
        return $this->config->isPaired($scope) ? $this->originOf($this->config->url($scope)) : '';
    }

    /** @return string good once and for a few minutes; empty while the scope is not paired, and for whoever may see nothing */
    public function url(int $scope): string
    {
        $role = $this->role();
        $user = $this->session->getUser();
        if ($role === null || !$user || !$this->config->isPaired($scope)) {
            return '';
        }
        $query = $this->address->query($this->config->webhookSecret($scope), [
            'shop' => $this->config->shopId($scope),
            'admin' => $this->originOf($this->urls->getUrl('adminhtml')),
            'user' => (string) $user->getUserName(),
            'role' => $role,
            'locale' => str_replace('_', '-', $this->locale->getLocale()),
            'nonce' => $this->random->getRandomString(self::NONCE_LENGTH),
            'timestamp' => (string) time(),
        ]);

        return $this->config->adminUrl($scope) . '?' . $query;
    }

    private function role(): ?string
    {
        foreach (self::ROLES as $role => $resource) {
            if ($this->rights->isAllowed($resource)) {
                return $role;
            }
        }

        return null;
    }

    /** As browsers write it. */
    private function originOf(string $url): string
    {
        $parts = parse_url($url);
        $scheme = strtolower($parts['scheme'] ?? '');
        $port = $parts['port'] ?? null;

        return $scheme . '://' . strtolower($parts['host'] ?? '') . ($port === null || $port === (self::PORTS[$scheme] ?? 0) ? '' : ':' . $port);
    }
}
