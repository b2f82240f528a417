/** Tables that can be imported: what a file must have, and the beginning of one. */
export const TABLES = {
  sales: {
    required: ['number', 'placedAt', 'currency', 'gross', 'net'],
    columns: ['number', 'placedAt', 'currency', 'customerId', 'email', 'productNumber', 'quantity', 'gross', 'net'],
    example: [
      ['T-1001', '2026-01-31 14:30', 'EUR', '42', '', 'LAMP', '2', '39.80', '33.45'],
      ['T-1001', '2026-01-31 14:30', 'EUR', '42', '', 'DESK', '1', '199.00', '167.23'],
      ['T-1002', '2026-01-31 15:05', 'EUR', '', 'ann@example.com', 'LAMP', '1', '19.90', '16.72'],
    ],
  },
  members: {
    required: ['joinedAt'],
    columns: ['customerId', 'email', 'joinedAt', 'language', 'birthday'],
    example: [
      ['42', 'ann@example.com', '2023-04-01', 'de', '05-17'],
      ['', 'bob@example.com', '2024-11-20', 'en', ''],
    ],
  },
  points: {
    required: ['points', 'reason', 'reference'],
    columns: ['customerId', 'email', 'points', 'reason', 'reference'],
    example: [
      ['42', '', '1250', 'Balance of the old programme', 'old-2025-42'],
      ['', 'bob@example.com', '300', 'Balance of the old programme', 'old-2025-43'],
    ],
  },
  prices: {
    required: [],
    columns: ['productNumber', 'categoryId', 'allGoods', 'quantityFrom', 'price', 'percent'],
    example: [
      ['LAMP', '', '', '1', '79.90', ''],
      ['LAMP', '', '', '10', '75.00', ''],
      ['', '42', '', '1', '', '12.5'],
      ['', '', 'yes', '1', '', '5'],
    ],
  },
} as const;

export type TableKind = keyof typeof TABLES;
export const TABLE_KINDS = Object.keys(TABLES) as TableKind[];
