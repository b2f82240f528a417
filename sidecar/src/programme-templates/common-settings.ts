/** Settings that several templates have. */
import { pointsWorth, usualAmount } from './usual-amounts';
import type { TemplateSetting } from './template';

export const expiry: TemplateSetting = {
  code: 'expireAfterDays',
  kind: 'days',
  label: {
    en: 'Points expire after',
    de: 'Punkte verfallen nach',
    es: 'Los puntos caducan tras',
    pt: 'Os pontos expiram após',
    ru: 'Баллы сгорают через',
  },
  field: 'expireAfterDays',
  usual: () => 730,
};

export const lock: TemplateSetting = {
  code: 'lockDays',
  kind: 'days',
  label: {
    en: 'Points wait after payment, for returns',
    de: 'Punkte warten nach der Zahlung, wegen Rückgaben',
    es: 'Los puntos esperan tras el pago, por devoluciones',
    pt: 'Os pontos aguardam após o pagamento, por devoluções',
    ru: 'Баллы ждут после оплаты, на случай возврата',
  },
  field: 'accrual.lockDays',
  usual: () => 14,
};

/** @param euros what it is usually worth */
export function welcomeWorth(euros: number): TemplateSetting {
  return {
    code: 'welcomePoints',
    kind: 'points',
    label: {
      en: 'Welcome points for new customers',
      de: 'Willkommenspunkte für neue Kunden',
      es: 'Puntos de bienvenida para clientes nuevos',
      pt: 'Pontos de boas-vindas para novos clientes',
      ru: 'Приветственные баллы новым покупателям',
    },
    field: 'welcome.points',
    usual: ({ currencies: [base] }) => pointsWorth(usualAmount(euros, base.currency), base),
  };
}

/** The least that can be paid with points. */
export const leastRedemption: TemplateSetting = {
  code: 'minimumPoints',
  kind: 'points',
  label: {
    en: 'Fewest points to pay with',
    de: 'Mindestens so viele Punkte beim Bezahlen',
    es: 'Mínimo de puntos para pagar',
    pt: 'Mínimo de pontos para pagar',
    ru: 'Сколько баллов нужно, чтобы платить ими',
  },
  field: 'redemption.minimumPoints',
  usual: ({ currencies: [base] }) => pointsWorth(usualAmount(1, base.currency), base),
};
