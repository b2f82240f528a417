/** The referral link as a picture: what the shop was told where to find it, drawn for links of its own members alone. */
import { ManualClock } from '../../sidecar/src/clock';
import type { TermsMirror } from '../../sidecar/src/domain/mirror';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';

describe('the QR code of a referral link', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let code: string;
  let place: string;

  beforeAll(async () => {
    const random = seededRandom(11);
    composed = await startSidecar({ clock, random: () => random.next() });
    const referral = { friendDiscount: { percentOff: 10 }, referrerReward: { points: 500 }, codePrefix: 'ANNA' };
    await publish(composed.sidecar.context, programmeDocument({ referral }));
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    const customerId = shop.registerCustomer({ email: 'anna@example.com' });
    await settle(composed, shop);
    code = String((shop.member(customerId)['customFields'] as Record<string, unknown>)['loyalty_referral_code']);
    place = String((shop.config(`${APP.appName}.config.programme`) as TermsMirror).referralQr);
  });
  afterAll(async () => {
    await composed.close();
    await shop.stop();
  });

  const draw = (link: string, wanted = code): Promise<Response> =>
    fetch(`${place}/${wanted}.svg?link=${encodeURIComponent(link)}`);
  const linkOf = (wanted: string): string => `https://shop.example/?affiliateCode=${wanted}&campaignCode=loyalty`;

  it('is drawn for a link that carries a code of a member', async () => {
    const answer = await draw(linkOf(code));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('image/svg+xml');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const picture = await answer.text();
    expect(picture).toMatch(/^<svg .*<path .*<\/svg>$/s);
    expect(await (await draw(`${linkOf(code)}&more=1`)).text()).not.toBe(picture);
  });

  it('is drawn for nothing else', async () => {
    const wrong: [string, string?][] = [
      [linkOf('OTHER')],
      [linkOf('OTHER'), 'OTHER'],
      ['https://shop.example/'],
      [`javascript:alert(1)//?affiliateCode=${code}`],
      ['nothing'],
      [`${linkOf(code)}&${'x'.repeat(300)}`],
      [`https://shop.example/?affiliateCode=${'x'.repeat(200)}`, 'x'.repeat(200)],
    ];
    for (const [link, wanted] of wrong)
      expect({ link, status: (await draw(link, wanted)).status }).toEqual({ link, status: 404 });
    expect((await fetch(`${place}/${code}.svg`)).status).toBe(404);
    expect((await fetch(`${place}x/${code}.svg?link=${encodeURIComponent(linkOf(code))}`)).status).toBe(404);
  });
});
