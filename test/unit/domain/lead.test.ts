import { leadStep, type KnownLead } from '../../../sidecar/src/domain/lead';

const NOW = '2026-03-01T10:00:00.000Z';
const known = (change: Partial<KnownLead> = {}): KnownLead => ({
  status: 'requested',
  expiresAt: '2026-03-02T10:00:00.000Z',
  mails: 1,
  mailedAt: '2026-03-01T09:50:00.000Z',
  ...change,
});

test.each([
  ['an address that nobody left', null, 'open'],
  ['one that waits', known(), 'again'],
  ['one that was mailed a moment ago', known({ mailedAt: '2026-03-01T09:50:00.001Z' }), 'nothing'],
  ['one that was mailed enough', known({ mails: 3 }), 'nothing'],
  ['one whose time is over', known({ expiresAt: NOW, mails: 3 }), 'open'],
  ['one that is confirmed', known({ status: 'confirmed' }), 'nothing'],
  ['one that has joined', known({ status: 'joined' }), 'nothing'],
  ['one that expired', known({ status: 'expired', mails: 3 }), 'open'],
  ['one that was taken back', known({ status: 'withdrawn' }), 'open'],
] as const)('%s', (_name, lead, step) => {
  expect(leadStep(lead, NOW)).toBe(step);
});
