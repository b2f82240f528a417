<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\Pairing;
use Magento\Framework\Exception\LocalizedException;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputArgument;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class Pair extends Command
{
    public function __construct(private readonly Pairing $pairing, private readonly WebsiteOption $website)
    {
        parent::__construct('loyalty:pair');
    }

    protected function configure(): void
    {
        $this->setDescription('Pairs this shop with a loyalty sidecar')
            ->addArgument('url', InputArgument::REQUIRED, 'Address of the sidecar')
            ->addArgument('code', InputArgument::REQUIRED, 'One-time code from the sidecar');
        $this->website->addTo($this);
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        try {
            $this->pairing->pair((string) $input->getArgument('url'), (string) $input->getArgument('code'), $this->website->scopeOf($input));
        } catch (LocalizedException $error) {
            $output->writeln('<error>' . $error->getMessage() . '</error>');

            return Command::FAILURE;
        }
        $output->writeln('<info>Paired.</info>');

        return Command::SUCCESS;
    }
}
