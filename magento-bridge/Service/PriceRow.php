<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/** Reads what the sidecar says of a product's prices, field by field. */
class PriceRow
{
    private const MAX_ROWS = 5000;
    private const MAX_TEXT = 64;
    private const MAX_QUANTITY = 100000000;

    /**
     * @param array<string, mixed> $product `{ product_id, rows: [{ tier, quantity, price }] }`, price in the base currency
     * @return array<int, array{product_id: int, tier: string, quantity: int, price: float}>
     * @throws WrongField
     */
    public function read(array $product): array
    {
        $productId = $this->productId($product);
        $rows = $product['rows'] ?? null;
        if (!is_array($rows) || !array_is_list($rows) || count($rows) > self::MAX_ROWS) {
            throw new WrongField('rows', 'must be a list of at most 5000 prices');
        }

        return array_map(fn (mixed $row): array => ['product_id' => $productId] + $this->row(is_array($row) ? $row : []), $rows);
    }

    /**
     * @param array<string, mixed> $product
     * @throws WrongField
     */
    private function productId(array $product): int
    {
        $id = $product['product_id'] ?? null;

        return is_int($id) && $id > 0 ? $id : throw new WrongField('product_id', 'must be the id of a product');
    }

    /**
     * @param array<string, mixed> $row
     * @return array{tier: string, quantity: int, price: float}
     */
    private function row(array $row): array
    {
        $tier = $row['tier'] ?? null;
        $quantity = $row['quantity'] ?? null;
        $price = $row['price'] ?? null;
        if (!is_string($tier) || $tier === '' || strlen($tier) > self::MAX_TEXT) {
            throw new WrongField('tier', 'must be the code of a tier or the key of a price list');
        }
        if (!is_int($quantity) || $quantity < 1 || $quantity > self::MAX_QUANTITY) {
            throw new WrongField('quantity', 'must be a whole number from 1');
        }
        if ((!is_int($price) && !is_float($price)) || $price < 0) {
            throw new WrongField('price', 'must be an amount from 0');
        }

        return ['tier' => $tier, 'quantity' => $quantity, 'price' => (float) $price];
    }
}
