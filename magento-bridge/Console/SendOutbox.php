<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\OutboxSender;
use Magento\Framework\MessageQueue\PoisonPill\PoisonPillCompareInterface;
use Magento\Framework\MessageQueue\PoisonPill\PoisonPillReadInterface;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\InputOption;
use Symfony\Component\Console\Output\OutputInterface;

class SendOutbox extends Command
{
    private const PAUSE_SECONDS = 1;
    /** Whoever supervises it starts it anew; PHP that runs for ever holds on to old keys, so it ends when the shop is paired anew. */
    private const WATCH_SECONDS = 3600;

    public function __construct(
        private readonly OutboxSender $sender,
        private readonly PoisonPillReadInterface $version,
        private readonly PoisonPillCompareInterface $pairing,
    ) {
        parent::__construct('loyalty:outbox:send');
    }

    protected function configure(): void
    {
        $this->setDescription('Sends what waits for the loyalty sidecar now, as cron does every minute')
            ->addOption('watch', null, InputOption::VALUE_NONE, 'Goes on for an hour, looking every second');
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        $sent = $this->sender->run();
        $end = time() + self::WATCH_SECONDS;
        $version = $this->version->getLatestVersion();
        while ($input->getOption('watch') && time() < $end && $this->pairing->isLatestVersion($version)) {
            // phpcs:ignore Magento2.Functions.DiscouragedFunction
            sleep(self::PAUSE_SECONDS);
            $sent += $this->sender->run();
        }
        $output->writeln('Sent: ' . $sent);

        return Command::SUCCESS;
    }
}
