<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\CustomerNames;
use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\SignedQuestion;
use Loyalty\Sidecar\Service\CompanyAnswer;

/** The company of the customer who is logged in: shared points, who buys, and requests that wait for an answer. */
class CompanyPage implements OwnPage
{
    /** Whoever opens the page waits for it. */
    private const TIMEOUT_MS = 3000;

    /** @var array<string, mixed>|null */
    private ?array $known = null;
    private bool $isAsked = false;
    /** @var array<int, string>|null */
    private ?array $names = null;

    public function __construct(
        private readonly Shopper $shopper,
        private readonly Config $config,
        private readonly SignedQuestion $question,
        private readonly CompanyAnswer $reader,
        private readonly CustomerNames $customers,
        private readonly Figures $figures,
    ) {
    }

    /** By the mirror, so that a menu asks nobody. */
    public function isThere(): bool
    {
        return MemberTable::details($this->shopper->member(), 'company') !== [];
    }

    /** @return array<string, mixed>|null see {@see CompanyAnswer}, asked once a page; null when the sidecar does not answer */
    public function company(): ?array
    {
        $scope = $this->shopper->scope();
        $customerId = $this->shopper->customerId();
        if (!$this->isAsked && $customerId > 0 && $this->config->isPaired($scope)) {
            $this->isAsked = true;
            $answer = $this->question->company($scope, $customerId, self::TIMEOUT_MS);
            $this->known = $answer['status'] === 200 ? $this->reader->read($answer['body']['company'] ?? null) : null;
        }

        return $this->known;
    }

    public function mayAnswer(): bool
    {
        return in_array($this->company()['role'] ?? 'buyer', ['approver', 'admin'], true);
    }

    /** @param array{customerId: int, isSelf?: bool, isOwn?: bool} $row of a buyer or a request */
    public function name(array $row): string
    {
        if (($row['isSelf'] ?? $row['isOwn'] ?? false) === true) {
            return (string) __('You');
        }
        $this->names ??= $this->customers->of(array_column([...($this->company()['buyers'] ?? []), ...($this->company()['requests'] ?? [])], 'customerId'));

        return $this->names[$row['customerId']] ?? (string) __('A colleague without an account in this shop');
    }

    public function role(string $role): string
    {
        return (string) match ($role) {
            'admin' => __('Looks after the company'),
            'approver' => __('Buys and approves'),
            default => __('Buys'),
        };
    }

    /**
     * @param array<string, int>|null $limits null = not for these eyes
     * @return string[] in words
     */
    public function limits(?array $limits): array
    {
        $said = $limits === [] ? [(string) __('Without limits')] : [];
        foreach ($limits ?? [] as $limit => $points) {
            $said[] = (string) match ($limit) {
                'pointsPerOrder' => __('Up to %1 points an order', $this->figures->number($points)),
                'pointsPerMonth' => __('Up to %1 points a month', $this->figures->number($points)),
                default => __('More than %1 points need an approval', $this->figures->number($points)),
            };
        }

        return $said;
    }

    /** @return string[] of whoever sees no others' */
    public function ownLimits(): array
    {
        $own = array_filter($this->company()['buyers'] ?? [], static fn (array $buyer): bool => $buyer['isSelf']);

        return $this->mayAnswer() || $own === [] ? [] : $this->limits(reset($own)['limits']);
    }

    /** Made with the page, so that a form sent twice is one answer. */
    public function newKey(): string
    {
        return bin2hex(random_bytes(16));
    }
}
