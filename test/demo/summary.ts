/** What a year left behind, as text a person reads. */
import { formatMinor } from '../../sidecar/src/domain/money';
import { liabilityOf } from '../../sidecar/src/domain/redemption';
import { membersByTier } from '../../sidecar/src/stores/member-store';
import type { PublishedProgramme } from '../../sidecar/src/stores/programme-store';
import { programmeTotals } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { toInteger, type Db } from '../../sidecar/src/storage/transaction';
import type { DemoShop, DemoFigures } from './shopper-year';

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

export async function summarise(
  db: Db,
  published: PublishedProgramme,
  shops: readonly DemoShop[],
  figures: DemoFigures,
): Promise<{ text: string; ok: boolean }> {
  const verified = await verifyBooks(db);
  const sections = [
    await pointsSection(db, published),
    await membersSection(db, published),
    await rewardsSection(db, shops, figures),
    await deliveriesSection(db, figures),
    {
      title: 'Verify',
      rows: verified.ok
        ? ([
            ['result', 'the books are exact'],
            ['entries, postings', `${verified.figures.entries}, ${verified.figures.postings}`],
          ] as const)
        : ([['result', `NOT EXACT: ${verified.difference}`]] as const),
    },
  ];
  return { text: sections.map(render).join('\n'), ok: verified.ok };
}

function render(section: Section): string {
  const rows = section.rows.map(([label, value]) => `  ${label.padEnd(34)} ${value}`);
  return [section.title, ...rows, ''].join('\n');
}

async function pointsSection(db: Db, published: PublishedProgramme): Promise<Section> {
  const totals = await programmeTotals(db, published.programmeId);
  const liability = liabilityOf(published.programme, totals.pending + totals.available + totals.held);
  return {
    title: 'Points',
    rows: [
      ['issued (net of clawbacks)', String(-totals.issued)],
      ['pending', String(totals.pending)],
      ['available', String(totals.available)],
      ['held', String(totals.held)],
      ['owed by members (debt)', String(-totals.debt)],
      ['redeemed (net of returns)', String(totals.redeemed)],
      ['expired', String(totals.expired)],
      ['liability', liability === null ? '-' : formatMinor(liability.minor, liability.currency)],
    ],
  };
}

async function membersSection(db: Db, published: PublishedProgramme): Promise<Section> {
  const members = await membersByTier(db, published.programmeId);
  const countOf = (tier: string | null): string => String(members.get(tier) ?? 0);
  return {
    title: 'Members by tier',
    rows: [
      ['none', countOf(null)],
      ...published.programme.tiers.levels.map((level) => [level.name, countOf(level.code)] as const),
    ],
  };
}

async function rewardsSection(db: Db, shops: readonly DemoShop[], figures: DemoFigures): Promise<Section> {
  const gifts = await db
    .selectFrom('gift_grant')
    .select((eb) => eb.fn.sum('quantity').as('count'))
    .executeTakeFirst();
  const referrals = await db
    .selectFrom('referral')
    .select((eb) => ['status', eb.fn.countAll().as('count')])
    .groupBy('status')
    .execute();
  const referred = (status: string): number => toInteger(referrals.find((row) => row.status === status)?.count);
  return {
    title: 'Rewards',
    rows: [
      ['orders', String(figures.orders)],
      ['orders paid in part with points', String(figures.redemptions)],
      ['gifts given', String(toInteger(gifts?.count))],
      ['referral rewards', String(referred('rewarded'))],
      ['referrals refused, reversed, open', `${referred('refused')}, ${referred('reversed')}, ${referred('open')}`],
      ...shops.map(({ sandbox }) => [`tier prices in ${sandbox.platform}`, String(sandbox.tierPriceCount())] as const),
    ],
  };
}

async function deliveriesSection(db: Db, figures: DemoFigures): Promise<Section> {
  const messages = await db
    .selectFrom('inbox_message')
    .select((eb) => ['status', eb.fn.countAll().as('count')])
    .groupBy('status')
    .execute();
  const stored = messages.reduce((sum, row) => sum + toInteger(row.count), 0);
  const of = (status: string): number => toInteger(messages.find((row) => row.status === status)?.count);
  const pushes = await db
    .selectFrom('writeback_attempt')
    .select((eb) => ['outcome', eb.fn.countAll().as('count')])
    .groupBy('outcome')
    .execute();
  const pushed = (outcome: string): number => toInteger(pushes.find((row) => row.outcome === outcome)?.count);
  return {
    title: 'Deliveries',
    rows: [
      ['webhooks sent by the shops', String(figures.webhooksSent)],
      ['stored', String(stored)],
      ['duplicates recognised', String(figures.webhooksSent - figures.webhooksRejected - stored)],
      ['rejected', String(figures.webhooksRejected)],
      ['waiting, dead letters', `${of('pending')}, ${of('dead')}`],
      ['written back, retried, given up', `${pushed('ok')}, ${pushed('retry')}, ${pushed('dead')}`],
    ],
  };
}
