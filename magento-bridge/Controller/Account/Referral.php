<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Account;

/** The page by which a member recommends the shop. */
class Referral extends Index
{
}
