import { refuse, success, type Result } from '../domain/result';
import { matchesPassword } from '../security/password-hash';
import { clearFailures, countFailure, findStaffByName, lockStaff, type StaffRow } from '../stores/staff-store';
import type { OperationContext } from './context';

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** Guesses in a row before an account waits. */
const FREE_GUESSES = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * The account that a name and password open. One refusal for all reasons: whoever guesses learns neither names nor whether an
 * account is waiting.
 */
export async function logInStaff(
  { db, clock }: Pick<OperationContext, 'db' | 'clock'>,
  { name, password }: Credentials,
): Promise<Result<StaffRow, 'refused'>> {
  const account = await findStaffByName(db, staffName(name));
  const isRight = await matchesPassword(password, account?.password_hash ?? null);
  if (!account || account.disabled === 1 || isWaiting(account, clock.now())) return refuse('refused');
  if (!isRight) {
    const failures = await countFailure(db, account.staff_id);
    if (failures >= FREE_GUESSES) await lockStaff(db, account.staff_id, waitUntil(failures, clock.nowMs()));
    return refuse('refused');
  }
  await clearFailures(db, account.staff_id);
  return success(account);
}

/** Names are the same whatever their case. */
export function staffName(typed: string): string {
  return typed.trim().toLowerCase();
}

function isWaiting({ locked_until: until }: StaffRow, now: string): boolean {
  return until !== null && until > now;
}

function waitUntil(failures: number, nowMs: number): string {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_GUESSES, 10));
  return new Date(nowMs + waitMs).toISOString();
}
