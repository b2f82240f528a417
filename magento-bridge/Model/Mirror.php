<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\MirrorInterface;
use Loyalty\Sidecar\Service\MemberRow;
use Loyalty\Sidecar\Service\WrongField;
use Magento\Framework\Exception\InputException;

class Mirror implements MirrorInterface
{
    private const MAX_MEMBERS = 500;

    public function __construct(
        private readonly MemberTable $members,
        private readonly TermsTable $terms,
        private readonly MemberRow $reader,
    ) {
    }

    public function putMembers($members): array
    {
        if (!is_array($members) || !array_is_list($members) || count($members) > self::MAX_MEMBERS) {
            throw new InputException(__('members must be a list of at most %1.', self::MAX_MEMBERS));
        }

        return array_map($this->putMember(...), $members);
    }

    public function putTerms($terms = null): bool
    {
        if ($terms !== null && (!is_array($terms) || !is_string($terms['programmeVersionId'] ?? null))) {
            throw new InputException(__('terms must be a programme with its programmeVersionId.'));
        }
        $this->terms->replace($terms);

        return true;
    }

    /** @return array{customer_id: int, status: string, message: string|null} */
    private function putMember(mixed $member): array
    {
        $member = is_array($member) ? $member : [];
        $customerId = is_int($member['customer_id'] ?? null) ? $member['customer_id'] : 0;
        try {
            $status = ($member['deleted'] ?? false) === true
                ? $this->members->remove($this->reader->customerId($member))
                : $this->members->replace($this->reader->read($member));

            return ['customer_id' => $customerId, 'status' => $status, 'message' => null];
        } catch (WrongField $error) {
            return ['customer_id' => $customerId, 'status' => 'error', 'message' => $error->getMessage()];
        }
    }
}
