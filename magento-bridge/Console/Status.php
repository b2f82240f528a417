<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\Outbox;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class Status extends Command
{
    public function __construct(private readonly Config $config, private readonly Outbox $outbox)
    {
        parent::__construct('loyalty:status');
    }

    protected function configure(): void
    {
        $this->setDescription('Shows whether this shop is paired, and what the sidecar has yet to hear');
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        $counts = $this->outbox->counts();
        $output->writeln($this->config->isPaired() ? 'Paired with ' . $this->config->url() : 'Not paired');
        $output->writeln('Messages waiting: ' . $counts['waiting']);
        $output->writeln('Messages given up: ' . $counts['dead']);

        return $this->config->isPaired() && $counts['dead'] === 0 ? Command::SUCCESS : Command::FAILURE;
    }
}
