import { expiry, leastRedemption, lock } from './common-settings';
import type { ProgrammeTemplate, TemplateSetting } from './template';
import { pointsWorth, usualAmount } from './usual-amounts';

const friendDiscount: TemplateSetting = {
  code: 'friendDiscount',
  kind: 'percent',
  label: {
    en: 'Discount on a friend’s first order',
    de: 'Rabatt auf die erste Bestellung eines Freundes',
    es: 'Descuento en el primer pedido de un amigo',
    pt: 'Desconto na primeira encomenda de um amigo',
    ru: 'Скидка на первый заказ друга',
  },
  field: 'referral.friendDiscount.percentOff',
  usual: () => 10,
};

const friendMinimum: TemplateSetting = {
  code: 'friendMinimum',
  kind: 'money',
  label: {
    en: 'The friend’s order must be at least',
    de: 'Die Bestellung des Freundes beträgt mindestens',
    es: 'El pedido del amigo debe ser de al menos',
    pt: 'A encomenda do amigo deve ser de pelo menos',
    ru: 'Заказ друга не меньше',
  },
  field: 'referral.friendMinimum',
  usual: ({ currencies: [{ currency }] }) => usualAmount(30, currency),
};

const referrerPoints: TemplateSetting = {
  code: 'referrerPoints',
  kind: 'points',
  label: {
    en: 'Points for whoever recommends',
    de: 'Punkte für die Empfehlung',
    es: 'Puntos para quien recomienda',
    pt: 'Pontos para quem recomenda',
    ru: 'Баллы тому, кто рекомендует',
  },
  field: 'referral.referrerReward.points',
  usual: ({ currencies: [base] }) => pointsWorth(usualAmount(5, base.currency), base),
};

const returnWindow: TemplateSetting = {
  code: 'returnWindowDays',
  kind: 'days',
  label: {
    en: 'Reward comes after the friend’s order is complete, in',
    de: 'Belohnung nach Abschluss der Bestellung des Freundes, nach',
    es: 'Recompensa tras completarse el pedido del amigo, en',
    pt: 'Recompensa após a conclusão da encomenda do amigo, em',
    ru: 'Награда после завершения заказа друга, через',
  },
  field: 'referral.returnWindowDays',
  usual: () => 14,
};

export const referralFirst: ProgrammeTemplate = {
  code: 'referral-first',
  name: {
    en: 'Recommend a friend',
    de: 'Freunde werben',
    es: 'Recomienda a un amigo',
    pt: 'Recomende a um amigo',
    ru: 'Приведи друга',
  },
  description: {
    en: 'Customers bring friends: the friend saves on the first order, the customer gets points. For young shops that want to grow.',
    de: 'Kunden bringen Freunde: der Freund spart bei der ersten Bestellung, der Kunde bekommt Punkte. Für junge Shops, die wachsen wollen.',
    es: 'Los clientes traen amigos: el amigo ahorra en el primer pedido y el cliente recibe puntos. Para tiendas jóvenes que quieren crecer.',
    pt: 'Os clientes trazem amigos: o amigo poupa na primeira encomenda e o cliente recebe pontos. Para lojas jovens que querem crescer.',
    ru: 'Покупатели приводят друзей: друг экономит на первом заказе, покупатель получает баллы. Для молодых магазинов, которые хотят расти.',
  },
  contains: [
    {
      en: 'A code and a link for every customer',
      de: 'Ein Code und ein Link für jeden Kunden',
      es: 'Un código y un enlace para cada cliente',
      pt: 'Um código e uma ligação para cada cliente',
      ru: 'Код и ссылка для каждого покупателя',
    },
    {
      en: 'Staff check what looks like fraud',
      de: 'Mitarbeiter prüfen, was nach Betrug aussieht',
      es: 'El personal revisa lo que parece fraude',
      pt: 'A equipa verifica o que parece fraude',
      ru: 'Сотрудники проверяют подозрительное',
    },
    {
      en: 'Points for every order',
      de: 'Punkte für jede Bestellung',
      es: 'Puntos por cada pedido',
      pt: 'Pontos por cada encomenda',
      ru: 'Баллы за каждый заказ',
    },
    {
      en: 'Paying with points',
      de: 'Bezahlen mit Punkten',
      es: 'Pago con puntos',
      pt: 'Pagamento com pontos',
      ru: 'Оплата баллами',
    },
  ],
  settings: [friendDiscount, friendMinimum, referrerPoints, returnWindow, leastRedemption, lock, expiry],
  build: (baseCurrency, values) => ({
    accrual: { lockDays: values['lockDays'] },
    expireAfterDays: values['expireAfterDays'],
    referral: {
      friendDiscount: { percentOff: values['friendDiscount'] },
      friendMinimum: { [baseCurrency]: values['friendMinimum'] },
      referrerReward: { points: values['referrerPoints'] },
      returnWindowDays: values['returnWindowDays'],
      rewardsPerPeriod: { rewards: 10, period: 'month' },
      fraud: {},
    },
    redemption: { minimumPoints: values['minimumPoints'] },
  }),
};
