<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Console;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\Outbox;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Store\Model\StoreManagerInterface;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

class Status extends Command
{
    public function __construct(
        private readonly Config $config,
        private readonly Outbox $outbox,
        private readonly ProgrammeScope $scope,
        private readonly StoreManagerInterface $stores,
    ) {
        parent::__construct('loyalty:status');
    }

    protected function configure(): void
    {
        $this->setDescription('Shows whether this shop is paired, and what the sidecar has yet to hear');
    }

    protected function execute(InputInterface $input, OutputInterface $output): int
    {
        $paired = $this->scope->paired();
        foreach ($paired as $scope) {
            $who = $scope === ProgrammeScope::WHOLE ? '' : 'Website ' . $this->stores->getWebsite($scope)->getCode() . ': ';
            $output->writeln($who . 'Paired with ' . $this->config->url($scope));
        }
        if ($paired === []) {
            $output->writeln('Not paired');
        }
        $counts = $this->outbox->counts();
        $output->writeln('Messages waiting: ' . $counts['waiting']);
        $output->writeln('Messages given up: ' . $counts['dead']);

        return $paired !== [] && $counts['dead'] === 0 ? Command::SUCCESS : Command::FAILURE;
    }
}
