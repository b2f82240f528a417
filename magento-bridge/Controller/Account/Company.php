<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Controller\Account;

/** The page of the company that a member buys for. */
class Company extends Index
{
}
