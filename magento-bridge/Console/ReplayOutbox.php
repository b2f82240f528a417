<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\Outbox;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class ReplayOutbox extends Command
{
    public function __construct(private readonly Outbox $outbox)
    {
        parent::__construct('loyalty:outbox:replay');
    }

    protected function configure(): void
    {
        $this->setDescription('Gives messages to the loyalty sidecar that were given up their tries back');
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        $output->writeln('Due again: ' . $this->outbox->replay());

        return Command::SUCCESS;
    }
}
