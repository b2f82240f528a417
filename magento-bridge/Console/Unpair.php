<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\Pairing;
use Magento\Framework\Exception\LocalizedException;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class Unpair extends Command
{
    public function __construct(private readonly Pairing $pairing, private readonly WebsiteOption $website)
    {
        parent::__construct('loyalty:unpair');
    }

    protected function configure(): void
    {
        $this->setDescription('Ends the pairing with the sidecar; withdraw the shop there first');
        $this->website->addTo($this);
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        try {
            $this->pairing->unpair($this->website->scopeOf($input));
        } catch (LocalizedException $error) {
            $output->writeln('<error>' . $error->getMessage() . '</error>');

            return Command::FAILURE;
        }
        $output->writeln('<info>Not paired any more.</info>');

        return Command::SUCCESS;
    }
}
