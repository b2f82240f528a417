/** What staff read when they press a button of the app. */
import { inLanguage } from '../../domain/in-language';
import type { OrderPoints } from '../../domain/order-points';

export interface MemberFigures {
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tier: string | null;
}

interface Words {
  readonly member: string;
  readonly debt: string;
  readonly tier: string;
  readonly unknown: string;
  readonly order: string;
  readonly releaseAt: string;
  readonly review: string;
}

const en: Words = {
  member: '{available} points available, {pending} pending.',
  debt: '{debt} points are owed and settled with the next ones.',
  tier: 'Tier: {tier}.',
  unknown: 'The loyalty programme knows nothing about this yet.',
  order: 'Order {orderNumber}: {pending} points pending, {available} available, {redeemed} redeemed.',
  releaseAt: 'Available from {releaseAt}.',
  review: 'The refund needs a review: enter the refunded lines in the loyalty module.',
};

const words = {
  en,
  de: {
    member: '{available} Punkte verfügbar, {pending} ausstehend.',
    debt: '{debt} Punkte sind geschuldet und werden mit den nächsten verrechnet.',
    tier: 'Stufe: {tier}.',
    unknown: 'Das Treueprogramm weiß hierüber noch nichts.',
    order: 'Bestellung {orderNumber}: {pending} Punkte ausstehend, {available} verfügbar, {redeemed} eingelöst.',
    releaseAt: 'Verfügbar ab {releaseAt}.',
    review: 'Die Erstattung braucht eine Prüfung: Bitte die erstatteten Positionen im Treuemodul eintragen.',
  },
  es: {
    member: '{available} puntos disponibles, {pending} pendientes.',
    debt: 'Se deben {debt} puntos, que se compensarán con los próximos.',
    tier: 'Nivel: {tier}.',
    unknown: 'El programa de fidelidad aún no sabe nada de esto.',
    order: 'Pedido {orderNumber}: {pending} puntos pendientes, {available} disponibles, {redeemed} canjeados.',
    releaseAt: 'Disponibles desde el {releaseAt}.',
    review: 'El reembolso necesita revisión: introduzca las líneas reembolsadas en el módulo de fidelidad.',
  },
  pt: {
    member: '{available} pontos disponíveis, {pending} pendentes.',
    debt: 'Há {debt} pontos em dívida, que serão compensados com os próximos.',
    tier: 'Nível: {tier}.',
    unknown: 'O programa de fidelidade ainda não sabe nada sobre isto.',
    order: 'Encomenda {orderNumber}: {pending} pontos pendentes, {available} disponíveis, {redeemed} utilizados.',
    releaseAt: 'Disponíveis a partir de {releaseAt}.',
    review: 'O reembolso precisa de revisão: introduza as linhas reembolsadas no módulo de fidelidade.',
  },
  ru: {
    member: 'Доступно баллов: {available}, ожидается: {pending}.',
    debt: 'Долг: {debt} баллов, он погасится следующими начислениями.',
    tier: 'Уровень: {tier}.',
    unknown: 'Программа лояльности пока ничего об этом не знает.',
    order: 'Заказ {orderNumber}: ожидается баллов: {pending}, доступно: {available}, потрачено: {redeemed}.',
    releaseAt: 'Доступны с {releaseAt}.',
    review: 'Возврат нужно проверить: укажите возвращённые позиции в модуле лояльности.',
  },
} satisfies Record<string, Words>;

export function memberText(figures: MemberFigures, locale: string): string {
  const text = inLanguage(words, locale);
  return [
    fill(text.member, figures),
    figures.debt > 0 ? fill(text.debt, figures) : '',
    figures.tier === null ? '' : fill(text.tier, figures),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function orderText(figures: OrderPoints, locale: string): string {
  const text = inLanguage(words, locale);
  const releaseAt = figures.pending > 0 && figures.releaseAt !== null ? figures.releaseAt.slice(0, 10) : null;
  return [
    fill(text.order, figures),
    releaseAt === null ? '' : fill(text.releaseAt, { releaseAt }),
    figures.needsReview ? text.review : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function unknownText(locale: string): string {
  return inLanguage(words, locale).unknown;
}

function fill(text: string, values: object): string {
  return text.replace(/\{(\w+)\}/g, (_match, name: string) => String((values as Record<string, unknown>)[name]));
}
