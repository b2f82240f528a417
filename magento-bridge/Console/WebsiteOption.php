<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Framework\Exception\LocalizedException;
use Magento\Store\Model\StoreManagerInterface;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\InputOption;

/** `--website`: a website with a programme of its own. */
class WebsiteOption
{
    private const NAME = 'website';

    public function __construct(private readonly StoreManagerInterface $stores)
    {
    }

    public function addTo(Command $command): void
    {
        $command->addOption(self::NAME, null, InputOption::VALUE_REQUIRED, 'Code of a website with a programme of its own');
    }

    /** @throws LocalizedException when there is no such website */
    public function scopeOf(InputInterface $input): int
    {
        $code = $input->getOption(self::NAME);

        return $code === null ? ProgrammeScope::WHOLE : (int) $this->stores->getWebsite((string) $code)->getId();
    }
}
