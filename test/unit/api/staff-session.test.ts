import { ManualClock } from '../../../sidecar/src/clock';
import { scopeNames } from '../../../sidecar/src/api/scope';
import { scopesOf, STAFF_ROLES } from '../../../sidecar/src/api/staff/role';
import { createStaffSessions, SESSION_PREFIX } from '../../../sidecar/src/api/staff/staff-session';
import { createSealer } from '../../../sidecar/src/security/sealer';

const MINUTE_MS = 60_000;
const sealer = createSealer([{ id: 'a', key: Buffer.alloc(32, 1) }]);
const opening = { programmeId: 'default', shopId: null, role: 'support', actor: 'anna', isPerson: true } as const;

describe('sessions of staff', () => {
  const clock = new ManualClock(1_000_000);
  const sessions = createStaffSessions(sealer, clock);
  const refusal = { code: 'UNAUTHORIZED' };

  it('are read as they were written, and end by themselves', () => {
    const { token, lifetimeMs } = sessions.start(opening);
    expect(token.startsWith(SESSION_PREFIX)).toBe(true);
    expect(sessions.open(token)).toEqual({ ...opening, startedMs: clock.nowMs() });
    clock.advance(lifetimeMs - 1);
    expect(sessions.open(token).actor).toBe('anna');
    clock.advance(1);
    expect(() => sessions.open(token)).toThrow(expect.objectContaining(refusal) as Error);
  });

  it('are renewed for a working day and no longer', () => {
    let { token } = sessions.start(opening);
    const startedMs = clock.nowMs();
    let end: unknown = null;
    for (let renewals = 0; renewals < 200 && end === null; renewals += 1) {
      clock.advance(10 * MINUTE_MS);
      try {
        token = sessions.renew(sessions.open(token)).token;
      } catch (error) {
        end = error;
      }
    }
    expect(end).toMatchObject(refusal);
    expect(clock.nowMs() - startedMs).toBe(600 * MINUTE_MS);
  });

  it.each([
    ['nothing', ''],
    ['a text', `${SESSION_PREFIX}abc`],
    ['one of another purpose', `${SESSION_PREFIX}${sealer.seal('{}', 'other')}`],
    [
      'one of another key',
      createStaffSessions(createSealer([{ id: 'a', key: Buffer.alloc(32, 2) }]), clock).start(opening).token,
    ],
  ])('do not open by %s', (_what, token) => {
    expect(() => sessions.open(token)).toThrow(expect.objectContaining(refusal) as Error);
  });
});

describe('roles', () => {
  it('each may what the one before may, and the last everything', () => {
    for (const [index, role] of STAFF_ROLES.entries()) {
      const before = STAFF_ROLES[index - 1];
      if (before !== undefined) expect(scopesOf(role)).toEqual(expect.arrayContaining([...scopesOf(before)]));
    }
    expect(scopesOf('manage')).toEqual(scopeNames);
  });

  it('who only looks writes nothing', () => {
    expect(scopesOf('view').filter((scope) => !scope.endsWith(':read'))).toEqual([]);
  });

  it('who helps shoppers changes neither programme nor shops nor accounts', () => {
    const written = scopesOf('support').filter((scope) => scope.endsWith(':write'));
    expect(written).not.toEqual(expect.arrayContaining(['programme:write']));
    expect(written.filter((scope) => /^(programme|shops|staff|webhooks):/.test(scope))).toEqual([]);
  });
});
