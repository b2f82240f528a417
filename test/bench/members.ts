/** `node --import tsx test/bench/members.ts --members 100000`: how long the list of members and its search take, on both databases. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import express from 'express';
import { createConnection } from 'mysql2/promise';
import { memberEndpoints } from '../../sidecar/src/api/admin/members';
import { ManualClock } from '../../sidecar/src/clock';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import type { NewRow, Tables } from '../../sidecar/src/storage/tables';
import type { Db } from '../../sidecar/src/storage/transaction';
import { guardedApi } from '../support/guarded-api';
import { startMariadb } from '../support/mariadb';
import { operationContext } from '../support/programme';
import { insertShop } from '../support/stand-in-platform';
import { median } from './lanes';

const TOKEN = 'bench-token-0123456789abcdef0123456789';
const ROUNDS = 21;
const ROWS_PER_INSERT = 500;
const AT = '2026-01-01T00:00:00.000Z';

const id = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(12, '0')}`;

async function fill(db: Db, members: number): Promise<void> {
  for (let first = 0; first < members; first += ROWS_PER_INSERT) {
    const numbers = Array.from({ length: Math.min(ROWS_PER_INSERT, members - first) }, (_, index) => first + index);
    await insert(db, 'member', numbers, memberRow);
    await insert(db, 'member_account', numbers, (number) => ({
      member_id: id('m', number),
      programme_id: 'default',
      pending: 0,
      available: number % 1000,
      held: 0,
      debt: 0,
      entry_count: 0,
      head_hash: '0',
      version: 1,
    }));
    await insert(db, 'member_identity', numbers, (number) => ({
      shop_id: 'shop-bench',
      customer_id: id('c', number),
      programme_id: 'default',
      member_id: id('m', number),
      email_hash: id('e', number),
      customer_group: null,
      linked_at: AT,
    }));
    await insert(db, 'referral_code', numbers, (number) => ({
      programme_id: 'default',
      code: id('r', number),
      member_id: id('m', number),
      created_at: AT,
    }));
    await insert(db, 'order_position', numbers, orderRow);
    // Of a hundred members one is part of another, and one was erased.
    await insert(
      db,
      'member_merge',
      numbers.filter((number) => number % 100 === 1),
      (number) => ({
        absorbed_member_id: id('m', number),
        member_id: id('m', number - 1),
        programme_id: 'default',
        source_key: id('merge', number),
        decision_id: 'd',
        merged_at: AT,
      }),
    );
    await insert(
      db,
      'member_erasure',
      numbers.filter((number) => number % 100 === 2),
      (number) => ({
        member_id: id('m', number),
        programme_id: 'default',
        source_key: id('erase', number),
        decision_id: 'd',
        erased_at: AT,
      }),
    );
  }
}

function memberRow(number: number): NewRow<'member'> {
  return {
    member_id: id('m', number),
    programme_id: 'default',
    tier: number % 3 === 0 ? 'gold' : null,
    joined_at: AT,
    referral_code: id('r', number),
    rewarded_referrals: 0,
  };
}

function orderRow(number: number): NewRow<'order_position'> {
  return {
    shop_id: 'shop-bench',
    order_id: id('o', number),
    programme_id: 'default',
    member_id: id('m', number),
    order_number: id('n', number),
    programme_version_id: 'v',
    pinned: '{}',
    version: 1,
    placed_at: AT,
    order_state: 'completed',
    payment_state: 'paid',
    released: 1,
    pending_points: 0,
    available_points: 10,
    redeemed_points: 0,
    currency: 'EUR',
    turnover_minor: 1000,
    qualifying_orders: 1,
    qualifying_items: 1,
    qualifying_points: 10,
    needs_review: 0,
    snapshot: '{}',
    updated_at: AT,
  };
}

async function insert<T extends keyof Tables>(
  db: Db,
  table: T,
  numbers: readonly number[],
  row: (number: number) => NewRow<T>,
): Promise<void> {
  if (numbers.length > 0) await db.insertInto(table).values(numbers.map(row)).execute();
}

/** Median milliseconds over HTTP, by what is asked for. */
async function measure(url: string, members: number): Promise<Record<string, number>> {
  const storage = openStorage({ url });
  const clock = new ManualClock(Date.parse(AT));
  await migrate(storage, clock);
  await insertShop(storage.db, 'shop-bench');
  await storage.db.updateTable('shop').set({ programme_id: 'default' }).execute();
  await fill(storage.db, members);
  const context = operationContext(storage, clock);
  const { router } = guardedApi(memberEndpoints({ context, hashEmail: (text) => text.replace('@', '-') }), TOKEN);
  const server = createServer(express().use(router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/members?programmeId=default`;
  const middle = Math.floor(members / 2);
  const questions: Record<string, string> = {
    'first page': '',
    'page in the middle': `&after=${id('m', middle)}`,
    'last page': `&after=${id('m', members - 40)}`,
    'by address': `&search=e@${String(middle).padStart(12, '0')}`,
    'by customer id': `&search=${id('c', middle)}`,
    'by order number': `&search=${id('n', middle)}`,
    'by referral code': `&search=${id('r', middle)}`,
    'by member id': `&search=${id('m', middle)}`,
    'for nobody': '&search=nobody',
  };
  const figures: Record<string, number> = {};
  for (const [name, query] of Object.entries(questions)) figures[name] = await timed(`${base}${query}`, name);
  server.closeAllConnections();
  server.close();
  await storage.close();
  return figures;
}

async function timed(url: string, name: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = process.hrtime.bigint();
    const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
    const { members } = (await response.json()) as { members: unknown[] };
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
    if (members.length === 0 && name !== 'for nobody') throw new Error(`${name} finds nobody`);
  }
  return median(times);
}

async function main(): Promise<void> {
  const { members } = new Command('members').option('--members <number>', 'members', Number, 100_000).parse().opts<{
    members: number;
  }>();
  const directory = await mkdtemp(join(tmpdir(), 'bench-members-'));
  const server = await startMariadb({ bufferPoolMb: 256, logFileMb: 128 });
  try {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const connection = await createConnection({ uri: server.url('') });
    await connection.query(`create database ${name}`);
    await connection.end();
    const onSqlite = await measure(`sqlite:${join(directory, 'bench.sqlite')}`, members);
    const onMariadb = await measure(server.url(name), members);
    process.stdout.write(`${members} members; median milliseconds over HTTP (SQLite, MariaDB)\n`);
    for (const [what, ms] of Object.entries(onSqlite)) {
      process.stdout.write(
        `  ${what.padEnd(20)} ${ms.toFixed(1).padStart(8)} ${(onMariadb[what] ?? 0).toFixed(1).padStart(8)}\n`,
      );
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
