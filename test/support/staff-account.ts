import { randomBytes } from 'node:crypto';
import { ADMIN_TOKEN } from './composed-sidecar';

export interface StaffAccount {
  readonly name: string;
  readonly password: string;
}

interface WantedAccount {
  readonly name: string;
  readonly role: 'view' | 'support' | 'manage';
  /** Absent = another one each time. */
  readonly password?: string;
}

/** Somebody who may log in on the admin pages. @throws Error when the sidecar refuses */
export async function openStaffAccount(url: string, wanted: WantedAccount): Promise<StaffAccount> {
  const account = { programmeId: 'default', password: randomBytes(9).toString('base64url'), ...wanted };
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/admin/staff`, { method: 'POST', headers, body: JSON.stringify(account) });
  if (!response.ok) throw new Error(`no account could be opened: ${await response.text()}`);
  return account;
}

/** Anna, who may do everything, and Vera, who only looks. */
export async function openStaffAccounts(url: string, password: string): Promise<void> {
  await openStaffAccount(url, { name: 'anna', role: 'manage', password });
  await openStaffAccount(url, { name: 'vera', role: 'view', password });
}
