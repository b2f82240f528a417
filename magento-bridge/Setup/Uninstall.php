<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Setup;

use Loyalty\Sidecar\Model\Pairing;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Framework\Setup\ModuleContextInterface;
use Magento\Framework\Setup\SchemaSetupInterface;
use Magento\Framework\Setup\UninstallInterface;

/** Takes what the module made out of the database, when that is asked for. */
class Uninstall implements UninstallInterface
{
    private const TABLES = ['loyalty_outbox', 'loyalty_member', 'loyalty_notice', 'loyalty_terms', 'loyalty_tier_price'];
    private const COLUMNS = [
        'quote' => ['loyalty_points', 'loyalty_points_used', 'loyalty_intent', 'loyalty_referral_code'],
        'quote_item' => ['loyalty_discount', 'base_loyalty_discount'],
        'sales_order' => [
            'loyalty_points',
            'loyalty_hold_id',
            'loyalty_referral_code',
            'loyalty_discount',
            'base_loyalty_discount',
            'loyalty_completed_at',
        ],
        'sales_invoice' => ['loyalty_discount', 'base_loyalty_discount'],
        'sales_creditmemo' => ['loyalty_discount', 'base_loyalty_discount'],
        'sales_order_item' => ['loyalty_discount_incl_tax', 'loyalty_gift', 'loyalty_discount', 'base_loyalty_discount'],
    ];

    /** Rows of Magento's own tables: what was set, who might do what, and the queue. */
    private const ROWS = [
        'core_config_data' => ['path LIKE ?' => 'loyalty/%'],
        'authorization_rule' => ['resource_id LIKE ?' => 'Loyalty\_Sidecar::%'],
        'queue' => ['name = ?' => 'loyalty.outbox'],
    ];

    public function __construct(private readonly Pairing $pairing, private readonly ProgrammeScope $scope)
    {
    }

    public function uninstall(SchemaSetupInterface $setup, ModuleContextInterface $context): void
    {
        foreach ($this->scope->paired() as $scope) {
            $this->pairing->unpair($scope);
        }
        $connection = $setup->getConnection();
        foreach (self::TABLES as $table) {
            $connection->dropTable($setup->getTable($table));
        }
        $connection->dropIndex($setup->getTable('sales_order'), 'SALES_ORDER_CUSTOMER_EMAIL');
        foreach (self::COLUMNS as $table => $columns) {
            foreach ($columns as $column) {
                $connection->dropColumn($setup->getTable($table), $column);
            }
        }
        foreach (self::ROWS as $table => $which) {
            $connection->delete($setup->getTable($table), $which);
        }
    }
}
