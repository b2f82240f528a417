/** What is wrong with a file is said by row, column and reason, and the rows beside it count. */
import { AppError } from '../../sidecar/src/errors';
import { MAX_PRICES } from '../../sidecar/src/domain/price-list';
import { putPriceList } from '../../sidecar/src/operations/put-price-list';
import { openBooks } from '../support/books';
import { importDesk } from '../support/import-files';
import { PROGRAMME_ID } from '../support/programme';
import { leftInEnglish } from '../support/translated-problems';
import { describeEachStorage } from '../support/storages';

const EARNING = { currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } } };
const MOMENT = 'must be a day like 2026-01-31 or a time like 2026-01-31 14:30, by the clock of the programme, since 1990';
const SALE = 'number,placedAt,currency,customerId,gross,net\n';
const MEMBER = 'customerId,email,joinedAt,language,birthday\n';
const POINTS = 'customerId,points,reason,reference\n';
const PRICES = 'productNumber,quantityFrom,price\n';
const DISCOUNTS = 'productNumber,categoryId,allGoods,quantityFrom,price,percent\n';
const WORTH = 'or priceMinor, percent or percentBps is required, one of them';

/** A file of a kind, and its faults. */
type Case = readonly [kind: string, file: string, ...faults: string[]];

const ROWS: Readonly<Record<string, Case>> = {
  'a receipt without a number': ['sales', `${SALE},2026-03-01,EUR,c1,1,1\n`, '2 number: is required'],
  'a number with a space': [
    'sales',
    `${SALE}T 1,2026-03-01,EUR,c1,1,1\n`,
    '2 number: must be 1 to 48 printable ASCII characters without spaces',
  ],
  'a day that is none': ['sales', `${SALE}T-1,2026-02-30,EUR,c1,1,1\n`, `2 placedAt: ${MOMENT}`],
  'a day as it is written elsewhere': ['sales', `${SALE}T-1,31.12.2025,EUR,c1,1,1\n`, `2 placedAt: ${MOMENT}`],
  'a sale in the future': ['sales', `${SALE}T-1,2027-01-01,EUR,c1,1,1\n`, '2 placedAt: lies in the future'],
  'a sale from before the programme': [
    'sales',
    `${SALE}T-1,2019-12-31,EUR,c1,1,1\n`,
    '2 placedAt: lies before the programme took effect',
  ],
  'no currency there is': ['sales', `${SALE}T-1,2026-03-01,Euro,c1,1,1\n`, '2 currency: must be a currency such as EUR'],
  'nobody who bought': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,,1,1\n`,
    '2 email: or customerId is required: somebody must have bought',
  ],
  'a customer whom nobody knows': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c9,1,1\n`,
    '2 customerId: is no customer that this shop has told of',
  ],
  'an amount that may be two': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c1,"1,234",1\n`,
    '2 gross: may be two numbers; write it with a decimal point and nothing between thousands',
  ],
  'an amount with thousands parted': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c1,1 234.50,1\n`,
    '2 gross: must have nothing between thousands',
  ],
  'an amount with its currency': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,€ 5,1\n`, '2 gross: must be a number such as 12.50'],
  'an amount below zero': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,-5,1\n`, '2 gross: must not be below zero'],
  'an amount finer than a cent': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,5.001,1\n`, '2 gross: has more decimals than EUR, 2'],
  'yen with decimals': ['sales', `${SALE}T-1,2026-03-01,JPY,c1,5,4.5\n`, '2 net: has more decimals than JPY, 0'],
  'more net than gross': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,1,1.01\n`, '2 net: must not be more than gross'],
  'too much money': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,99999999999,1\n`, '2 gross: must be at most 10000000000'],
  'a receipt of two minds': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c1,1,1\nT-1,2026-03-02,EUR,c1,1,1\nT-2,2026-03-02,EUR,c1,1,1\n`,
    '3 placedAt: differs from row 2, which has the same number',
  ],
  'a receipt in two places': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c1,1,1\nT-2,2026-03-01,EUR,c1,1,1\nT-1,2026-03-01,EUR,c1,1,1\n`,
    '4 number: is that of row 2; rows that belong together must follow each other',
  ],
  'a receipt in two places, the first of them faulty': [
    'sales',
    `${SALE}T-1,2026-03-01,EUR,c1,x,1\nT-2,2026-03-01,EUR,c1,1,1\nT-1,2026-03-01,EUR,c1,1,1\n`,
    '2 gross: must be a number such as 12.50',
    '4 number: is that of an earlier row, which is faulty',
  ],
  'a line twice': [
    'sales',
    'number,placedAt,currency,customerId,lineId,gross,net\nT-1,2026-03-01,EUR,c1,a,1,1\nT-1,2026-03-01,EUR,c1,a,1,1\n',
    '3 lineId: is that of row 2',
  ],
  'more back than was sold': [
    'sales',
    'number,placedAt,currency,customerId,quantity,refundedQuantity,gross,net\nT-1,2026-03-01,EUR,c1,1,"1,5",1,1\n',
    '2 refundedQuantity: must not be more than the quantity',
  ],
  'a quantity too fine': [
    'sales',
    'number,placedAt,currency,customerId,quantity,gross,net\nT-1,2026-03-01,EUR,c1,1.0005,1,1\n',
    '2 quantity: must have at most 3 decimals',
  ],
  'neither yes nor no': [
    'sales',
    'number,placedAt,currency,customerId,cancelled,gross,net\nT-1,2026-03-01,EUR,c1,maybe,1,1\n',
    '2 cancelled: must be "yes" or "no"',
  ],
  'paid some day': [
    'sales',
    'number,placedAt,paidAt,currency,customerId,gross,net\nT-1,2026-03-01,soon,EUR,c1,1,1\n',
    '2 paidAt: must be a time, or "unpaid"',
  ],
  'a category without a name': [
    'sales',
    'number,placedAt,currency,customerId,categories,gross,net\nT-1,2026-03-01,EUR,c1,a||b,1,1\n',
    '2 categories: must name a category between each "|"',
  ],
  'more fields than columns': ['sales', `${SALE}T-1,2026-03-01,EUR,c1,1,1,more\n`, '2 -: has more fields than the header, 6'],
  'a member without a name': ['members', `${MEMBER},,2026-01-01,de,\n`, '2 email: or customerId is required'],
  'an address that is none': ['members', `${MEMBER},ann@,2026-01-01,,\n`, '2 email: must be an e-mail address'],
  'no day of joining': ['members', `${MEMBER}c2,,,,\n`, '2 joinedAt: is required'],
  'joining tomorrow': ['members', `${MEMBER}c2,,2026-04-03,,\n`, '2 joinedAt: lies in the future'],
  'joining before all else': ['members', `${MEMBER}c2,,1901-01-01,,\n`, `2 joinedAt: ${MOMENT}`],
  'a language without words': ['members', `${MEMBER}c2,,2026-01-01,nl,\n`, '2 language: must be one of en, de, es, pt, ru'],
  'a birthday that is none': [
    'members',
    `${MEMBER}c2,,2026-01-01,,02-30\n`,
    '2 birthday: must be a day like 12-31, or a date like 1980-12-31',
  ],
  'a member twice': ['members', `${MEMBER}c2,,2026-01-01,,\nc2,,2026-01-01,,\n`, '3 -: is about the same as row 2'],
  'points that are no number': [
    'points',
    `${POINTS}c1,many,Gift,r-1\n`,
    '2 points: must be a whole number, with nothing between thousands',
  ],
  'points with thousands parted': [
    'points',
    `${POINTS}c1,1.000,Gift,r-1\n`,
    '2 points: must be a whole number, with nothing between thousands',
  ],
  'no points': ['points', `${POINTS}c1,0,Gift,r-1\n`, '2 points: must not be 0'],
  'points beyond measure': [
    'points',
    `${POINTS}c1,9999999999,Gift,r-1\n`,
    '2 points: must lie between -1000000000 and 1000000000',
  ],
  'points that are not there': [
    'points',
    `${POINTS}c1,-500,Taken,r-1\n`,
    expect.stringMatching(/^2 points: takes more than the \d points there are$/) as string,
  ],
  'points without a reason': ['points', `${POINTS}c1,5,,r-1\n`, '2 reason: is required'],
  'a reference with a space': [
    'points',
    `${POINTS}c1,5,Gift,r 1\n`,
    '2 reference: must be 1 to 80 letters, digits, ".", ":", "/", "-" or "_"',
  ],
  'a reference twice': ['points', `${POINTS}c1,5,Gift,r-1\nc1,5,Gift,r-1\n`, '3 reference: is about the same as row 2'],
  'two names for one member': [
    'points',
    'customerId,email,points,reason,reference\nc1,ann@example.com,5,Gift,r-1\n',
    '2 memberId: or customerId or email is required, one of them',
  ],
  'points for nobody': [
    'points',
    'memberId,points,reason,reference\nm-9,5,Gift,r-1\n',
    '2 memberId: is no member of this programme',
  ],
  'a price without a product': [
    'prices',
    `${PRICES},1,5\n`,
    '2 productNumber: or categoryId or allGoods is required, one of them',
  ],
  'a price without a price': ['prices', `${PRICES}LAMP,1,\n`, `2 price: ${WORTH}`],
  'a price and a discount': ['prices', `${DISCOUNTS}LAMP,,,1,5,5\n`, `2 price: ${WORTH}`],
  'a price for a category': ['prices', `${DISCOUNTS},42,,1,5,\n`, '2 price: is for a product alone'],
  'a discount for two kinds of goods': [
    'prices',
    `${DISCOUNTS},42,yes,1,,5\n`,
    '2 productNumber: or categoryId or allGoods is required, one of them',
  ],
  'more than everything off': ['prices', `${DISCOUNTS},,yes,1,,100.01\n`, '2 percent: must be at most 100'],
  'a discount finer than a hundredth': ['prices', `${DISCOUNTS},42,,1,,5.001\n`, '2 percent: must have at most 2 decimals'],
  'a discount twice': ['prices', `${DISCOUNTS},42,,1,,5\n,42,,,,6\n`, '3 categoryId: category 42 from 1 has a price already'],
  'a price twice': ['prices', `${PRICES}LAMP,1,5\nLAMP,,6\n`, '3 productNumber: LAMP from 1 has a price already'],
  'too many quantities of a product': [
    'prices',
    `${PRICES}${Array.from({ length: 21 }, (_, index) => `LAMP,${index + 1},5\n`).join('')}`,
    '22 productNumber: LAMP has more than 20 quantities',
  ],
  'a price beyond measure': ['prices', `${PRICES}LAMP,1,99999999999\n`, '2 price: must be at most 10000000000'],
};

const FILES: Readonly<Record<string, readonly [kind: string, file: string | Buffer, field: string, problem: string]>> = {
  'an empty file': ['sales', '', 'header', 'is missing: the file is empty'],
  'no rows': ['sales', SALE, 'rows', 'there are none below the header'],
  'an unknown column': ['points', 'customerId,point,reason,reference\n', 'header.point', 'is no column here; there are'],
  'a column without a name': ['points', 'customerId,points,reason,reference,\n', 'header.', 'is no column here; there are'],
  'a column missing': ['points', 'customerId,points,reason\nc1,5,Gift\n', 'header.reference', 'is missing'],
  'a column twice': ['points', 'customerId,points,Points,reason,reference\n', 'header.points', 'stands there twice'],
  'a quote never closed': ['points', `${POINTS}c1,5,"Gift,r-1\n`, 'line 2', 'a quote is opened and never closed'],
  'another encoding': ['points', Buffer.from(`${POINTS}c1,5,Gr\xfc\xdfe,r-1\n`, 'latin1'), 'encoding', 'must be UTF-8'],
  'a spreadsheet itself': ['points', Buffer.from('PK\x03\x04\0\0'), 'encoding', 'must be text; this file holds zero bytes'],
  'too many prices': ['prices', `${PRICES}${'LAMP,1,5\n'.repeat(MAX_PRICES + 1)}`, 'rows', `must be at most ${MAX_PRICES}`],
};

it('is told of in the language of who reads the admin pages', () => {
  const ofRows = Object.values(ROWS).flatMap(([, , ...faults]) =>
    // One holds a figure that is not known before, and is a pattern.
    faults.flatMap((fault) => (typeof fault === 'string' ? [fault.slice(fault.indexOf(': ') + 2)] : [])),
  );
  expect(leftInEnglish([...new Set(ofRows)])).toEqual([]);
});

describeEachStorage('a wrong file', (open) => {
  const scene = async () => {
    const books = await openBooks(await open(), '2026-04-01T10:00:00.000Z', EARNING);
    const settings = { name: 'A', currency: 'EUR', basis: 'net' as const, priority: 0, validFrom: null, validUntil: null };
    const staff = { actor: 'test', reason: 'as the test wants' };
    await putPriceList(books.context, { programmeId: PROGRAMME_ID, code: 'a-2026', ...settings, ...staff });
    return { books, ...importDesk(books.context) };
  };

  it('has each fault told by row, column and reason, tried or not', async () => {
    const { bring, faults, surprises } = await scene();
    for (const isDry of [true, false]) {
      const told: Record<string, string[]> = {};
      for (const [name, [kind, file]] of Object.entries(ROWS)) told[name] = await faults(await bring(kind, file, { isDry }));
      expect(told).toEqual(Object.fromEntries(Object.entries(ROWS).map(([name, [, , ...expected]]) => [name, expected])));
    }
    expect(surprises).toEqual([]);
  });

  it('that cannot be read as a whole is refused, and nothing of it is kept', async () => {
    const { books, bring } = await scene();
    for (const [name, [kind, file, field, problem]] of Object.entries(FILES)) {
      const refused = await bring(kind, file).then(
        () => null,
        (error: unknown) => error,
      );
      expect([name, refused]).toEqual([name, expect.any(AppError)]);
      const { code, details } = refused as AppError;
      expect([name, code, details]).toEqual([
        name,
        'INVALID_INPUT',
        { fields: [{ field, problem: expect.stringContaining(problem) as string }] },
      ]);
    }
    expect(await books.context.db.selectFrom('import_run').selectAll().execute()).toEqual([]);
    expect(await books.context.db.selectFrom('import_unit').selectAll().execute()).toEqual([]);
  });

  it('keeps the first of very many faults, and counts all', async () => {
    const { bring, faults } = await scene();
    const run = await bring('points', `${POINTS}${'c1,x,y,z z\n'.repeat(700)}`);
    expect(run).toMatchObject({ rows_total: 700, units_total: 700, units_failed: 700, faults: 2100 });
    expect(await faults(run)).toHaveLength(1000);
  });
});
