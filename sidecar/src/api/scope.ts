/** What a caller may do. A key carries some of these; operators have all. */
export const SCOPES = {
  'members:read': 'Members, their points, ledgers, decisions and data',
  'members:write': 'Corrections of points, tiers by hand, joining and parting members',
  'companies:read': 'Companies, their buyers and points',
  'companies:write': 'Opening companies, adding and parting buyers',
  'companies:approve': 'Requests of buyers, and the answers',
  'price-lists:read': 'Price lists by contract, and who buys at them',
  'price-lists:write': 'Price lists, their prices and companies',
  'decisions:read': 'Why something was decided, in words',
  'checkout:write': 'Holds and gifts of a cart',
  'events:write': 'Events that earn points, and sales outside the shop',
  'imports:read': 'Imports of tables, how far they are and what was wrong with them',
  'imports:write': 'Importing tables; what they hold needs its own scope as well',
  'leads:write': 'Forms for people without an account: addresses to confirm, and taking them back',
  'rewards:read': 'The reward catalogue, and what members took from it',
  'rewards:write': 'Redeeming rewards, and handing them over',
  'programme:read': 'Versions of the programme',
  'programme:write': 'Drafts and publication',
  'webhooks:read': 'Outgoing webhooks and what was sent to them',
  'webhooks:write': 'Outgoing webhooks: where they go, their secrets, sending again',
  'health:read': 'What waits, what was given up, and when jobs last ran',
  'health:write': 'Giving what was given up its attempts back',
  'metrics:read': 'Figures of the programme, and the rows they are made of',
  'staff:read': 'Accounts of staff on the admin pages',
  'staff:write': 'Opening and closing accounts of staff, new passwords',
  'shops:read': 'Connected shops',
  'shops:write': 'Pairing, settings and leaving of shops',
} as const;

export type Scope = keyof typeof SCOPES;

export const scopeNames = Object.keys(SCOPES) as Scope[];
