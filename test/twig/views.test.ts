import { compileViews, prepareHarness, renderViews, type ViewCall } from './harness';

const HOSTILE = '<script>alert(1)</script>"&\'';
const SPRING = { from: '2000-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' };

const reward = (change: object = {}) => ({
  code: 'tour',
  name: 'Tour',
  description: 'With a friend',
  kind: 'experience',
  pointsPrice: 100,
  perMember: null,
  tiers: null,
  segments: null,
  from: null,
  until: null,
  image: null,
  isSoldOut: false,
  left: null,
  ...change,
});
const tiers = [
  { code: 'silver', name: 'Silver', threshold: 1, perks: {}, requirement: { combine: 'all' } },
  { code: 'gold', name: 'Gold', threshold: 2, perks: {}, requirement: { combine: 'all' } },
];
const club = {
  code: 'club',
  name: 'Club card',
  products: ['CLUB'],
  productIds: { CLUB: 'p1' },
  months: 12,
  days: 0,
  tier: 'gold',
  multiplierBps: 15_000,
  welcomePoints: 500,
};
const credit = {
  code: 'bonus',
  name: 'Bonus',
  minimumPoints: 500,
  unitPoints: 100,
  unitMinor: 100,
  payout: 'credit',
  every: 'quarter',
};
const payout = {
  id: 'po1',
  name: 'Bonus',
  points: 500,
  valueMinor: 500,
  currency: 'EUR',
  state: 'requested',
  at: '2026-03-01T10:00:00.000Z',
  voucher: null,
};
const redemption = {
  id: 'r1',
  code: 'tour',
  name: 'Tour',
  quantity: 1,
  points: 100,
  state: 'requested',
  at: '2026-03-01T10:00:00.000Z',
  vouchers: [],
};
const programme = {
  baseCurrency: 'EUR',
  minorUnits: { EUR: 100 },
  tierMetric: 'turnover',
  redemption: null,
  accrual: { earn: {}, tierMultiplierBps: {} },
  campaigns: [],
  tiers,
};

function show(call: ViewCall): string {
  const [answer] = renderViews([call]);
  if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
  return answer.html;
}

/** As a reader sees it. */
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

beforeAll(prepareHarness, 300_000);

it('compiles every view, also those that only a shop can render', () => {
  const { views, faults } = compileViews();
  expect(faults).toEqual([]);
  expect(views).toBeGreaterThan(20);
});

describe('the reward catalogue', () => {
  const rewards = (offered: object[], fields: object = {}, locale = 'en-GB'): string =>
    show({ view: 'rewards', variables: { rewards: offered, fields: { loyalty_points: 150, ...fields }, tiers }, locale });

  it('has a form behind a question for what the member can have, with a key of its own', () => {
    const html = rewards([reward(), reward({ code: 'tea' })]);
    expect(textOf(html)).toContain('Tour · 100 points');
    expect(textOf(html)).toContain('Redeem Spend 100 points on this? Yes, redeem');
    const keys = [...html.matchAll(/name="key" value="([^"]*)"/g)].map(([, key]) => key ?? '');
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(2);
    expect(html).toContain('action="/frontend.script_endpoint?hook=loyalty-wish" method="post"');
  });

  it.each<[string, object, object, string]>([
    ['too few points', {}, { loyalty_points: 30 }, '70 points are missing'],
    ['a tier and those above', { tiers: ['gold'] }, {}, 'From Gold'],
    ['a tier, not those above', { tiers: ['silver'] }, { loyalty_tier: 'gold' }, 'For Silver'],
    ['nothing left', { isSoldOut: true, left: 0 }, {}, 'Sold out'],
    ['a day to come', { from: '2999-01-01T00:00:00.000Z' }, {}, 'From 2999-01-01'],
    ['as many as there are for one', { perMember: 1 }, { loyalty_rewards: { taken: { tour: 1 } } }, 'You have had this one'],
  ])('says instead what is in the way: %s', (_name, change, fields, words) => {
    const html = rewards([reward(change)], fields);
    expect(textOf(html)).toContain(words);
    expect(html).not.toContain('<form');
  });

  it('says how few are left, until when, and that it is an invitation', () => {
    const invited = reward({ left: 3, ...SPRING, segments: ['vip'] });
    expect(textOf(rewards([invited], { loyalty_segments: ['vip'] }))).toContain(
      'Only 3 left · Until 2999-01-01 · You are invited',
    );
    expect(rewards([invited], { loyalty_segments: null }).trim()).toBe('');
  });

  it('shows nothing where there is nothing, or all is over', () => {
    expect(rewards([]).trim()).toBe('');
    expect(rewards([reward({ until: '2000-01-01T00:00:00.000Z' })]).trim()).toBe('');
  });

  it('speaks the language of the page, names included', () => {
    const texts = { de: { name: 'Führung', description: null } };
    const german = textOf(rewards([reward({ texts })], {}, 'de-DE'));
    expect(german).toContain('Führung · 100 Punkte With a friend Einlösen');
    expect(textOf(rewards([reward({ texts })], {}, 'es-ES'))).toContain('Tour · 100 puntos');
  });

  it('takes no markup from names', () => {
    const html = rewards([reward({ name: HOSTILE, description: HOSTILE, image: 'https://x.example/a.jpg' })]);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('what the member took', () => {
  const redemptions = (latest: object[]): string =>
    show({ view: 'redemptions', variables: { taken: { latest }, rewards: [reward()] } });

  it('can be cancelled while nobody has begun with it', () => {
    expect(textOf(redemptions([redemption]))).toContain('Requested Cancel Cancel this and get 100 points back?');
    expect(redemptions([{ ...redemption, state: 'confirmed' }])).not.toContain('<form');
    expect(textOf(redemptions([{ ...redemption, state: 'fulfilled', vouchers: ['LOY-1'] }]))).toContain('Handed over LOY-1');
  });

  it('shows nothing when they took none, and no markup', () => {
    expect(show({ view: 'redemptions', variables: { taken: {}, rewards: [] } }).trim()).toBe('');
    expect(redemptions([{ ...redemption, name: HOSTILE, code: 'other' }])).not.toContain('<script');
  });
});

describe('what became of a wish', () => {
  const now = new Date();
  const wish = { key: 'a'.repeat(32), kind: 'reward', code: 'tour', at: now.toISOString() };
  const wishes = (wished: object[], answers: object[], locale = 'en-GB'): string =>
    show({ view: 'wishes', variables: { wishes: wished, answers, programme: { ...programme, rewards: [reward()] } }, locale });

  it('is said to be on its way, then granted or refused in words', () => {
    expect(textOf(wishes([wish], []))).toContain('Your request is on its way.');
    const granted = { key: wish.key, isGranted: true, reason: null, figures: {} };
    expect(textOf(wishes([wish], [granted]))).toBe('Done: “Tour” is yours.');
    const missing = { ...granted, isGranted: false, reason: 'reward_points_missing', figures: { missing: 120 } };
    expect(textOf(wishes([wish], [missing]))).toContain('120 points are missing');
    expect(textOf(wishes([wish], [missing], 'de-DE'))).toContain('Es fehlen 120 Punkte');
    expect(textOf(wishes([wish], [{ ...missing, reason: 'new_reason', figures: [] }]))).toContain('Please try again later');
  });

  it('is not repeated for those before', () => {
    const before = { ...wish, key: 'b'.repeat(32), kind: 'cancel' };
    const granted = [wish, before].map(({ key }) => ({ key, isGranted: true, reason: null, figures: {} }));
    expect(textOf(wishes([before, wish], granted))).toBe('Done: “Tour” is yours.');
    expect(textOf(wishes([before, wish], granted.slice(1)))).toMatch(/on its way.*Cancelled: your points are back/);
  });

  it('is forgotten after an hour, and what is no wish says nothing', () => {
    expect(textOf(wishes([{ ...wish, at: '2020-01-01T00:00:00.000Z' }], []))).toBe('');
    expect(textOf(wishes([{}, { key: 'x' }], [{}]))).toBe('');
  });
});

describe('points as money', () => {
  const cashback = (points: number, rules: object[], payouts: object[] = [], locale = 'en-GB'): string =>
    show({ view: 'cashback', variables: { rules, payouts, points, programme }, locale });

  it('offers what can be paid out, says what is missing, and what is on its way', () => {
    expect(textOf(cashback(750, [credit]))).toContain('Have 7.00 EUR paid out Have 7.00 EUR paid out for 700 points?');
    expect(textOf(cashback(750, [credit]))).toContain('Also paid by itself after every quarter.');
    expect(textOf(cashback(120, [credit], [payout]))).toMatch(/380 points are missing.*5\.00 EUR.*Payment is on its way/);
    expect(textOf(cashback(500, [{ ...credit, payout: 'voucher', every: null }], [], 'ru-RU'))).toContain(
      'Получить купон на 5.00 EUR',
    );
    expect(textOf(cashback(101, [{ ...credit, minimumPoints: 100, unitPoints: 3 }]))).toContain('1 points are missing');
    expect(cashback(-20, [credit])).not.toContain('<form');
  });

  it('shows nothing where there is none, and no markup', () => {
    expect(cashback(750, []).trim()).toBe('');
    expect(cashback(750, [{ ...credit, name: HOSTILE }], [{ ...payout, name: HOSTILE }])).not.toContain('<script');
  });
});

describe('memberships', () => {
  const spell = {
    code: 'club',
    name: 'Club card',
    startsAt: '2026-03-01T00:00:00.000Z',
    endsAt: '2999-03-01T00:00:00.000Z',
    graceEndsAt: '2999-03-08T00:00:00.000Z',
  };
  const memberships = (fields: object, plans: object[] = [club]): string =>
    show({ view: 'memberships', variables: { plans, fields, tierNames: { gold: 'Gold' } } });

  it('that can be bought say what they bring and where', () => {
    const html = memberships({});
    expect(textOf(html)).toContain('Club card · 12 months Tier Gold while it lasts 1.5 times the points 500 points as a welcome');
    expect(html).toContain('href="/frontend.detail.page?productId=p1"');
  });

  it('that last say since and until when; those that ended say so', () => {
    expect(textOf(memberships({ loyalty_memberships: [spell] }))).toContain(
      'Club card Active Member since 2026-03-01. Ends on 2999-03-01.',
    );
    const grace = { ...spell, endsAt: '2026-04-01T00:00:00.000Z' };
    expect(textOf(memberships({ loyalty_memberships: [grace] }))).toContain('everything it brings goes on until 2999-03-08');
    expect(textOf(memberships({ loyalty_ended_memberships: [grace] }))).toMatch(/ended on 2026-04-01.*Become a member again/);
  });

  it('show nothing where there is none, and no markup', () => {
    expect(memberships({}, []).trim()).toBe('');
    expect(memberships({ loyalty_memberships: [{ ...spell, name: HOSTILE }] }, [{ ...club, name: HOSTILE }])).not.toContain(
      '<script',
    );
  });

  it('are named on the page of their product', () => {
    const hint = (productNumber: string): string =>
      textOf(
        show({ view: 'membership-hint', variables: { product: { productNumber }, programme: { memberships: [club], tiers } } }),
      );
    expect(hint('CLUB')).toContain('This product is a membership: Club card 12 months Tier Gold');
    expect(hint('LAMP')).toBe('');
  });
});

describe('vouchers', () => {
  const vouchers = (shown: object[]): string =>
    show({ view: 'vouchers', variables: { vouchers: shown, minorUnits: { EUR: 100 } } });
  const voucher = { code: 'LOY-1', valueMinor: 1000, percentBps: null, currency: 'EUR', minimumMinor: 5000, expiresAt: null };

  it('are listed with value, goods they ask for and last day', () => {
    const html = textOf(
      vouchers([
        voucher,
        { ...voucher, code: 'LOY-2', percentBps: 1500, minimumMinor: 0, expiresAt: '2999-05-01T00:00:00.000Z' },
        { ...voucher, code: 'LOY-3', expiresAt: '2000-01-01T00:00:00.000Z' },
      ]),
    );
    expect(html).toContain('LOY-1 10.00 EUR from 50.00 EUR');
    expect(html).toContain('LOY-2 15 % 2999-05-01');
    expect(html).not.toContain('LOY-3');
    expect(vouchers([]).trim()).toBe('');
  });
});

describe('the latest changes', () => {
  const line = { at: '2026-03-01T10:00:00.000Z', kind: 'accrual', points: 5, releasedPoints: 0, orderNumber: '1001' };
  const history = (change: object, locale = 'en-GB'): string =>
    show({ view: 'history', variables: { lines: [{ ...line, ...change }] }, locale });

  it('say why, in the language of the page', () => {
    const why = { en: ['1 point per 1.00 EUR.', HOSTILE], de: ['1 Punkt je 1,00 EUR.'] };
    expect(textOf(history({ why }))).toContain('Order 1001 Why? 1 point per 1.00 EUR.');
    expect(textOf(history({ why }, 'de-DE'))).toContain('Warum? 1 Punkt je 1,00 EUR.');
    expect(textOf(history({ why }, 'es-ES'))).toContain('¿Por qué? 1 point per 1.00 EUR.');
    expect(history({ why })).not.toContain('<script');
    expect(history({})).not.toContain('<details');
  });
});

describe('the terms of participation', () => {
  const page = 'https://sidecar.example/terms/shop1';
  const standing = { version: '2026-01', isAsked: true, isAccepted: false, isBlocked: true, dueAt: null, page, key: 'a+b/c=' };
  const terms = (change: object, locale = 'en-GB'): string =>
    show({ view: 'terms', variables: { terms: { ...standing, ...change } }, locale });

  it('are asked for in words that fit what depends on them, with the way to the page in its language', () => {
    const html = terms({});
    expect(textOf(html)).toMatch(/^Please accept the terms of participation first.*Read and accept$/);
    expect(html).toContain(`href="${page}/en?for=a%2Bb%2Fc%3D"`);
    // Without it Shopware 6.6 shows dark words on a dark ground.
    expect(html).toContain('class="alert-content-container"');
    const due = { isBlocked: false, dueAt: '2999-01-01T00:00:00.000Z' };
    expect(textOf(terms(due))).toContain('have changed. Please accept them by 2999-01-01');
    expect(textOf(terms({ isBlocked: false }))).toContain('Please read our terms of participation and accept them.');
    expect(terms({}, 'ru-RU')).toContain(`href="${page}/ru?for=`);
  });

  it('can be read once they were accepted, and say nothing where there are none', () => {
    const accepted = terms({ isAsked: false, isAccepted: true, isBlocked: false });
    expect(textOf(accepted)).toBe('Terms of participation');
    expect(accepted).toContain('<a href=');
    expect(show({ view: 'terms', variables: { terms: {} } }).trim()).toBe('');
  });

  it('take no markup from the address', () => {
    const html = terms({ page: `${page}${HOSTILE}`, key: HOSTILE });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('the form for people without an account', () => {
  const leads = {
    page: 'https://sidecar.example/leads/shop1',
    version: '2026-01',
    texts: { en: 'Yes, write to me.', de: 'Ja, schreibt mir.' },
  };
  const lead = (change: object, locale = 'en-GB'): string =>
    show({ view: 'lead', variables: { leads: { ...leads, ...change }, place: 'footer' }, locale });

  it('is sent to the page of its language, with the text somebody saw', () => {
    const html = lead({});
    expect(textOf(html)).toContain('E-mail address Yes, write to me. Sign up');
    expect(html).toContain('action="https://sidecar.example/leads/shop1/en" method="post"');
    expect(html).toContain('name="textVersion" value="2026-01"');
    expect(html).toContain('name="source" value="footer"');
    for (const field of ['email', 'agreed', 'website']) expect(html).toContain(`name="${field}"`);
  });

  it('asks in the language of the page, else in English, else in the one there is', () => {
    expect(textOf(lead({}, 'de-DE'))).toContain('Ja, schreibt mir.');
    expect(textOf(lead({}, 'es-ES'))).toContain('Yes, write to me.');
    expect(textOf(lead({ texts: { de: 'Ja, schreibt mir.' } }, 'pt-PT'))).toContain('Ja, schreibt mir.');
  });

  it('is not there without a text or a page, and takes no markup', () => {
    expect(lead({ texts: {} }).trim()).toBe('');
    expect(show({ view: 'lead', variables: { leads: {}, place: 'footer' } }).trim()).toBe('');
    const html = lead({ texts: { en: HOSTILE }, version: HOSTILE });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('the referral link', () => {
  const referral = (fields: object): string =>
    show({
      view: 'referral',
      variables: {
        fields: { loyalty_referral_code: 'ANNA-1', ...fields },
        programme: { referralQr: 'https://loyalty.example/referral-qr/s1' },
      },
    });

  it('can be copied, shared, mailed and sent, also without script', () => {
    const html = referral({ loyalty_referrals: 2, loyalty_referral_figures: { pending: 1, points: 500 } });
    expect(html).toMatch(/<input[^>]+readonly\s+value="[^"]*ANNA-1[^"]*"/);
    for (const button of ['copy', 'share'])
      expect(html).toMatch(new RegExp(`<li[^>]* hidden><button[^>]*id="loyalty-referral-${button}"`));
    expect(html).toMatch(/href="mailto:\?body=[^"]*ANNA-1/);
    expect(html).toMatch(/href="https:\/\/wa\.me\/\?text=[^"]*ANNA-1[^"]*" target="_blank" rel="noopener noreferrer"/);
    expect(html).toMatch(
      /<img [^>]*src="https:\/\/loyalty.example\/referral-qr\/s1\/ANNA-1.svg\?link=[^"]*ANNA-1[^"]*" [^>]*alt="QR code/,
    );
    expect(textOf(html)).toContain('Friends who earned you a reward: 2');
    expect(textOf(html)).toContain('500');
  });
});

describe('requests of colleagues', () => {
  const request = { id: 'r1', customerId: 'c2', isOwn: false, points: 80, at: '2026-03-01T10:00:00.000Z' };
  const company = (role: string, requests: readonly object[], names: object = { c2: 'Ann <b>Miller</b>' }): string => {
    const shown = { name: 'Miller', role, isPooled: true, ownPoints: 0, openApprovals: requests.length, requests };
    return show({ view: 'company', variables: { company: shown, limit: null, names } });
  };

  it('can be approved and refused by whoever may, with a key of its own each', () => {
    const html = company('approver', [request]);
    expect(textOf(html)).toContain('80 points for Ann &lt;b&gt;Miller&lt;/b&gt;, asked on 2026-03-01');
    for (const kind of ['approve', 'refuse']) expect(html).toContain(`name="kind" value="${kind}"`);
    expect(html.match(/name="code" value="r1"/g)).toHaveLength(2);
    const keys = [...html.matchAll(/name="key" value="([0-9a-f]{32})"/g)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('are only shown to who asked, and without a name where there is none', () => {
    expect(company('admin', [{ ...request, isOwn: true }])).not.toContain('<form');
    expect(textOf(company('buyer', [{ ...request, isOwn: true }]))).toContain('80 points for yourself');
    expect(textOf(company('approver', [{ ...request, customerId: null }], []))).toContain('80 points for a colleague');
    expect(company('buyer', [])).not.toContain('<li');
  });
});

describe('quizzes and surveys', () => {
  const activities = (value: object): string => show({ view: 'activities', variables: { activities: value } });

  it('are a link that speaks for the member, in the language of the page', () => {
    const html = activities({ page: 'https://sidecar.example/take-part/s1', key: 'm1.a b' });
    expect(html).toContain('href="https://sidecar.example/take-part/s1/en?for=m1.a%20b"');
    expect(textOf(html)).toContain('Take part');
  });

  it('say where the member comes from, where some sales channels have quizzes of their own', () => {
    const places = { trade: 'trade.a b', outlet: 'outlet.c' };
    const from = (salesChannelId: string): string =>
      show({
        view: 'activities',
        variables: { activities: { page: 'https://y.example', key: 'q', places } },
        salesChannel: salesChannelId,
      });
    expect(from('trade')).toContain('?for=q&amp;in=trade.a%20b"');
    expect(from('other')).toContain('?for=q"');
  });

  it('show nothing where the programme has none', () => {
    expect(activities({}).trim()).toBe('');
  });
});

describe.each(['en-GB', 'de-DE', 'es-ES', 'pt-PT', 'ru-RU'])('the whole part of the account page in %s', (locale) => {
  it('renders for whoever has everything, and whoever has nothing', () => {
    const customFields = {
      loyalty_points: 800,
      loyalty_pending: 5,
      loyalty_debt: 0,
      loyalty_tier: 'gold',
      loyalty_next_tier: null,
      loyalty_expiring_points: null,
      loyalty_expiring_at: null,
      loyalty_company: {
        name: 'Miller',
        role: 'approver',
        openApprovals: 1,
        requests: [{ id: 'r1', customerId: null, isOwn: false, points: 80, at: payout.at }],
      },
      loyalty_volume: null,
      loyalty_referral_code: null,
      loyalty_rewards: { taken: { tour: 1 }, latest: [redemption], access: [] },
      loyalty_cashback: [payout],
      loyalty_terms: {
        version: 'v1',
        isAsked: true,
        isAccepted: false,
        isBlocked: true,
        dueAt: null,
        page: 'https://x.example',
        key: 'k',
      },
      loyalty_activities: { page: 'https://y.example', key: 'q' },
      loyalty_history: [{ at: payout.at, kind: 'reward_redeemed', points: -100, releasedPoints: 0, orderNumber: null }],
    };
    const everything = { ...programme, rewards: [reward()], cashback: [credit], memberships: [club] };
    const member = { id: 'c1', guest: false, customFields };
    const html = show({ view: 'account', customer: member, programme: everything, locale });
    for (const id of ['loyalty-rewards', 'loyalty-redemptions', 'loyalty-cashback', 'loyalty-memberships', 'loyalty-wishes']) {
      expect(html).toContain(`id="${id}"`);
    }
    expect(html).toContain(`href="https://x.example/${locale.slice(0, 2)}?for=k"`);
    expect(html).toContain(`href="https://y.example/${locale.slice(0, 2)}?for=q"`);
    expect(html).not.toContain('loyaltySidecar.');
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // Where sales channels belong to several programmes, it is shown to accounts of this one.
    const shared = { ...everything, homes: ['trade'] };
    const inTrade = (account: object): string =>
      show({ view: 'account', customer: { ...member, ...account }, programme: shared, locale });
    expect(inTrade({ boundSalesChannelId: 'trade', salesChannelId: 'outlet' })).toContain('id="loyalty-rewards"');
    expect(inTrade({ boundSalesChannelId: null, salesChannelId: 'outlet' }).trim()).toBe('');
  });
});

describe('what an order earns', () => {
  const double = { name: 'Double', tiers: null, segments: null, groups: null, minimumMinor: null, multiplierBps: null };
  const terms = {
    accrual: { basis: 'gross', earn: { EUR: { points: 1, perMinor: 100 } } },
    campaigns: [{ ...SPRING, ...double }],
  };
  const earned = (customer: object | null, homes: readonly string[] | null): string =>
    show({
      view: 'earned',
      customer: customer && { id: 'c1', guest: false, boundSalesChannelId: null, customFields: null, ...customer },
      programme: { ...terms, homes },
      variables: { net: 84.03, gross: 100, iso: 'EUR', fields: null, snippet: 'loyaltySidecar.cart.earns' },
    });

  it.each<[string, object | null, readonly string[] | null]>([
    ['visitors', null, ['trade']],
    ['guests', { guest: true, salesChannelId: 'outlet' }, ['trade']],
    ['members', { salesChannelId: 'outlet' }, null],
    ['members of the programme here', { salesChannelId: 'trade' }, ['trade']],
    ['accounts bound to a channel here', { boundSalesChannelId: 'trade', salesChannelId: 'outlet' }, ['trade']],
  ])('is told to %s', (_, customer, homes) => {
    expect(earned(customer, homes)).toContain('data-loyalty-points="100"');
  });

  it('is nothing for accounts of another programme, which campaigns here do not reach', () => {
    expect(earned({ salesChannelId: 'outlet' }, ['trade']).trim()).toBe('');
  });
});

describe('the product page before a product opens', () => {
  const rule = (change: object = {}) => ({
    code: 'lamp',
    products: ['LAMP'],
    productIds: { LAMP: 'p-lamp' },
    categories: null,
    tiers: ['gold'],
    from: null,
    until: '2998-12-31T23:00:00.000Z',
    localFrom: null,
    localUntil: '2999-01-01T00:00',
    ...change,
  });
  const page = (rules: readonly object[], tier: string | null, product: object = {}) =>
    show({
      view: 'early-access',
      variables: {
        product: { productNumber: 'LAMP', parentId: null, categoryIds: ['spring'], ...product },
        programme: { tiers, earlyAccess: rules },
        tier,
      },
    })
      .replace(/<[^>]*>|\s+/g, ' ')
      .trim();
  const silver = { tiers: ['silver'], from: '2998-06-01T00:00:00.000Z', localFrom: '2998-06-01T02:00' };

  it('says for whom it is open, and when it opens for whoever looks', () => {
    expect(page([rule()], null)).toBe('Open to Gold for now. It opens for you on 1 Jan 2999, 00:00.');
    expect(page([rule(), rule(silver)], 'silver')).toContain('on 1 Jun 2998, 02:00.');
    expect(page([rule({ products: null, categories: ['spring'] })], 'silver')).toContain('2999');
    expect(page([rule()], null, { productNumber: 'LAMP.1', parentId: 'p-lamp' })).toContain('2999');
  });

  it.each<[string, readonly object[], string | null]>([
    ['there are no rules', [], null],
    ['the tier may buy', [rule()], 'gold'],
    ['the rule is over', [rule({ until: '2001-01-01T00:00:00.000Z' })], null],
    ['the rule has not begun', [rule(silver)], null],
    ['another product is meant', [rule({ products: ['CUP'], productIds: {} })], null],
  ])('says nothing when %s', (_, rules, tier) => expect(page(rules, tier)).toBe(''));
});

describe('where a price comes from', () => {
  const product = {
    prices: [{ ruleId: 'r-list' }, { ruleId: 'r-tier' }],
    calculatedPrice: { unitPrice: 149 },
    calculatedPrices: { first: { unitPrice: 129 } },
  };
  const page = (ruleIds: readonly string[], fields: object, change: object = {}) =>
    show({ view: 'price-source', variables: { product: { ...product, ...change }, fields, programme: { tiers }, ruleIds } })
      .replace(/<[^>]*>|\s+/g, ' ')
      .trim();
  const fields = { loyalty_tier: 'gold', loyalty_price_rules: { 'r-list': 'contract', 'r-tier': 'tier' } };

  it('says the tier or the contract, by the first rule that has prices', () => {
    expect(page(['x', 'r-list', 'r-tier'], fields)).toBe('The price agreed with your company, instead of 149.00 EUR.');
    expect(page(['r-tier'], fields)).toBe('Your price as Gold, instead of 149.00 EUR.');
  });

  it('says nothing of the merchant’s own rules, nor where nothing is saved', () => {
    expect(page(['merchants'], fields, { prices: [{ ruleId: 'merchants' }] })).toBe('');
    expect(page(['r-tier'], {})).toBe('');
    expect(page(['r-tier'], fields, { calculatedPrices: { first: { unitPrice: 149 } } })).toBe('');
    expect(page([], fields)).toBe('');
  });
});
