/** Whoever adds a table about members says what is exported of it, and what becomes of it when two members become one or one is erased. */
import { MOVED_TABLES, OTHERWISE } from '../../sidecar/src/operations/move-rows';
import { ERASED } from '../../sidecar/src/operations/scrub-rows';
import { PARTS } from '../../sidecar/src/operations/export-member';
import { tableSchemas } from '../../sidecar/src/storage/schema';

/** Tables with a member in them that are no part of the export by themselves, and why. */
const NOT_A_PART: Readonly<Record<string, string>> = {
  member: 'the first line of the export',
  company: 'names the account that stands for it, which is nobody',
  erased_customer: 'names nobody, and only those who have no data left',
  referral: 'exported from the side of the person alone',
  referral_invitation: 'exported to the friend, who registered by a link',
  measure_member: 'days that are counted from membership and orders, which are exported',
  measure_member_month: 'months that are counted from orders, which are exported',
  measure_due_member: 'a mark that the member is to be counted anew',
  tier_risk: 'a mark that the member was told; the notice itself is exported',
};

const aboutMembers = tableSchemas
  .filter(({ columns }) => Object.keys(columns).some((column) => column === 'member_id' || column.endsWith('_member_id')))
  .map(({ name }): string => name)
  .sort();

test('each table about members is exported, or says why not', () => {
  expect([...PARTS.map(({ table }): string => table), ...Object.keys(NOT_A_PART)].sort()).toEqual(aboutMembers);
});

test('each table about members says what becomes of it when two of them become one', () => {
  expect([...MOVED_TABLES, ...Object.keys(OTHERWISE)].sort()).toEqual(aboutMembers);
});

test('each table about members says what becomes of it when a person is erased', () => {
  expect(Object.keys(ERASED).sort()).toEqual(aboutMembers);
});
