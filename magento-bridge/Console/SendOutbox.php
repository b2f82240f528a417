<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\OutboxSender;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class SendOutbox extends Command
{
    public function __construct(private readonly OutboxSender $sender)
    {
        parent::__construct('loyalty:outbox:send');
    }

    protected function configure(): void
    {
        $this->setDescription('Sends what waits for the loyalty sidecar now, as cron does every minute');
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        $output->writeln('Sent: ' . $this->sender->run());

        return Command::SUCCESS;
    }
}
