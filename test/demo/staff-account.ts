import { randomBytes } from 'node:crypto';
import { ADMIN_TOKEN } from '../support/composed-sidecar';

/** Somebody who may log in on the admin pages; the password is another each time. */
export async function openStaffAccount(url: string): Promise<{ name: string; password: string }> {
  const account = { programmeId: 'default', name: 'demo', role: 'manage', password: randomBytes(9).toString('base64url') };
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/admin/staff`, { method: 'POST', headers, body: JSON.stringify(account) });
  if (!response.ok) throw new Error(`no account could be opened: ${await response.text()}`);
  return account;
}
