<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\MirrorInterface;
use Loyalty\Sidecar\Service\MemberRow;
use Loyalty\Sidecar\Service\PriceRow;
use Loyalty\Sidecar\Service\WrongField;
use Magento\Framework\Exception\InputException;

class Mirror implements MirrorInterface
{
    private const MAX_ROWS = 500;

    public function __construct(
        private readonly MemberTable $members,
        private readonly TermsTable $terms,
        private readonly MemberRow $reader,
        private readonly TierPriceTable $prices,
        private readonly PriceRow $priceReader,
        private readonly ProgrammeScope $scope,
    ) {
    }

    public function putMembers(string $shopId, $members): array
    {
        $scope = $this->scopeOf($shopId);

        return array_map(fn (mixed $member): array => $this->putMember($scope, $member), $this->rows('members', $members));
    }

    public function putTerms(string $shopId, $terms = null): bool
    {
        if ($terms !== null && (!is_array($terms) || !is_string($terms['programmeVersionId'] ?? null))) {
            throw new InputException(__('terms must be a programme with its programmeVersionId.'));
        }
        $this->terms->replace($this->scopeOf($shopId), $terms);

        return true;
    }

    public function putTierPrices(string $shopId, $products): array
    {
        $scope = $this->scopeOf($shopId);
        $answers = [];
        $ids = [];
        $rows = [];
        foreach ($this->rows('products', $products) as $product) {
            $product = is_array($product) ? $product : [];
            $productId = is_int($product['product_id'] ?? null) ? $product['product_id'] : 0;
            try {
                array_push($rows, ...$this->priceReader->read($product));
                $ids[] = $productId;
                $answers[] = ['product_id' => $productId, 'status' => 'ok', 'message' => null];
            } catch (WrongField $error) {
                $answers[] = ['product_id' => $productId, 'status' => 'error', 'message' => $error->getMessage()];
            }
        }
        $this->prices->replace($scope, $ids, $rows);

        return $answers;
    }

    /** @return array{customer_id: int, status: string, message: string|null} */
    private function putMember(int $scope, mixed $member): array
    {
        $member = is_array($member) ? $member : [];
        $customerId = is_int($member['customer_id'] ?? null) ? $member['customer_id'] : 0;
        try {
            $status = ($member['deleted'] ?? false) === true
                ? $this->members->remove($scope, $this->reader->customerId($member))
                : $this->members->replace($scope, $this->reader->read($member));

            return ['customer_id' => $customerId, 'status' => $status, 'message' => null];
        } catch (WrongField $error) {
            return ['customer_id' => $customerId, 'status' => 'error', 'message' => $error->getMessage()];
        }
    }

    /** @throws InputException */
    private function scopeOf(string $shopId): int
    {
        return $this->scope->ofShop($shopId) ?? throw new InputException(__('shopId must be that of a shop which is paired here.'));
    }

    /**
     * @return array<int, mixed>
     * @throws InputException
     */
    private function rows(string $field, mixed $given): array
    {
        if (!is_array($given) || !array_is_list($given) || count($given) > self::MAX_ROWS) {
            throw new InputException(__('%1 must be a list of at most %2.', $field, self::MAX_ROWS));
        }

        return $given;
    }
}
