import { expiry, leastRedemption, lock, welcomeWorth } from './common-settings';
import type { ProgrammeTemplate } from './template';

export const simplePoints: ProgrammeTemplate = {
  code: 'simple-points',
  name: { en: 'Simple points', de: 'Einfach Punkte', es: 'Puntos sencillos', pt: 'Pontos simples', ru: 'Просто баллы' },
  description: {
    en: 'Customers collect points with every order and pay with them in the cart. The easiest to explain.',
    de: 'Kunden sammeln mit jeder Bestellung Punkte und bezahlen damit im Warenkorb. Am leichtesten zu erklären.',
    es: 'Los clientes acumulan puntos con cada pedido y pagan con ellos en el carrito. Lo más fácil de explicar.',
    pt: 'Os clientes juntam pontos em cada encomenda e pagam com eles no carrinho. O mais fácil de explicar.',
    ru: 'Покупатели копят баллы с каждым заказом и платят ими в корзине. Проще всего объяснить.',
  },
  contains: [
    {
      en: 'Points for every order',
      de: 'Punkte für jede Bestellung',
      es: 'Puntos por cada pedido',
      pt: 'Pontos por cada encomenda',
      ru: 'Баллы за каждый заказ',
    },
    {
      en: 'Welcome points',
      de: 'Willkommenspunkte',
      es: 'Puntos de bienvenida',
      pt: 'Pontos de boas-vindas',
      ru: 'Приветственные баллы',
    },
    {
      en: 'Paying with points',
      de: 'Bezahlen mit Punkten',
      es: 'Pago con puntos',
      pt: 'Pagamento com pontos',
      ru: 'Оплата баллами',
    },
  ],
  settings: [welcomeWorth(2), leastRedemption, lock, expiry],
  build: (_currency, values) => ({
    accrual: { lockDays: values['lockDays'] },
    expireAfterDays: values['expireAfterDays'],
    welcome: { points: values['welcomePoints'] },
    redemption: { minimumPoints: values['minimumPoints'] },
  }),
};
