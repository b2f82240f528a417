import type { QualifyingMetric } from '../../domain/qualifying-metric';
import type { Language, Words } from '../language';

type Plurals = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }>;

export type UnitName = Exclude<QualifyingMetric['unit'], 'money'>;

/** What is counted, as it stands after a number. */
export const UNITS: Readonly<Record<UnitName, Readonly<Record<Language, Plurals>>>> = {
  points: {
    en: { one: 'point', other: 'points' },
    de: { one: 'Punkt', other: 'Punkte' },
    es: { one: 'punto', other: 'puntos' },
    pt: { one: 'ponto', other: 'pontos' },
    ru: { one: 'балл', few: 'балла', other: 'баллов' },
  },
  days: {
    en: { one: 'day', other: 'days' },
    de: { one: 'Tag', other: 'Tage' },
    es: { one: 'día', other: 'días' },
    pt: { one: 'dia', other: 'dias' },
    ru: { one: 'день', few: 'дня', other: 'дней' },
  },
  orders: {
    en: { one: 'order', other: 'orders' },
    de: { one: 'Bestellung', other: 'Bestellungen' },
    es: { one: 'pedido', other: 'pedidos' },
    pt: { one: 'encomenda', other: 'encomendas' },
    ru: { one: 'заказ', few: 'заказа', other: 'заказов' },
  },
  items: {
    en: { one: 'item', other: 'items' },
    de: { one: 'Artikel', other: 'Artikel' },
    es: { one: 'artículo', other: 'artículos' },
    pt: { one: 'artigo', other: 'artigos' },
    ru: { one: 'товар', few: 'товара', other: 'товаров' },
  },
};

/** Words for codes that the domain has a fixed list of. */
export const TERMS: Readonly<Record<string, Words>> = {
  down: { en: 'down', de: 'abgerundet', es: 'hacia abajo', pt: 'para baixo', ru: 'вниз' },
  nearest: {
    en: 'to the nearest',
    de: 'kaufmännisch gerundet',
    es: 'al más cercano',
    pt: 'ao mais próximo',
    ru: 'до ближайшего',
  },
  turnover: { en: 'turnover', de: 'Umsatz', es: 'compras', pt: 'compras', ru: 'сумма покупок' },
  orders: { en: 'orders', de: 'Bestellungen', es: 'pedidos', pt: 'encomendas', ru: 'заказы' },
  items: {
    en: 'items bought',
    de: 'gekaufte Artikel',
    es: 'artículos comprados',
    pt: 'artigos comprados',
    ru: 'купленные товары',
  },
  points: { en: 'points earned', de: 'gesammelte Punkte', es: 'puntos ganados', pt: 'pontos ganhos', ru: 'начисленные баллы' },
  membership: {
    en: 'length of membership',
    de: 'Dauer der Mitgliedschaft',
    es: 'antigüedad',
    pt: 'antiguidade',
    ru: 'срок участия',
  },
  window_year: { en: 'calendar year', de: 'Kalenderjahr', es: 'año natural', pt: 'ano civil', ru: 'календарный год' },
  window_quarter: { en: 'calendar quarter', de: 'Kalenderquartal', es: 'trimestre', pt: 'trimestre', ru: 'квартал' },
  window_month: { en: 'calendar month', de: 'Kalendermonat', es: 'mes natural', pt: 'mês civil', ru: 'календарный месяц' },
  open: { en: 'open', de: 'offen', es: 'pendiente', pt: 'pendente', ru: 'не оплачен' },
  paid: { en: 'paid', de: 'bezahlt', es: 'pagado', pt: 'paga', ru: 'оплачен' },
  partially_paid: {
    en: 'partly paid',
    de: 'teilweise bezahlt',
    es: 'pagado en parte',
    pt: 'parcialmente paga',
    ru: 'оплачен частично',
  },
  refunded: { en: 'refunded', de: 'erstattet', es: 'reembolsado', pt: 'reembolsada', ru: 'возвращён' },
  partially_refunded: {
    en: 'partly refunded',
    de: 'teilweise erstattet',
    es: 'reembolsado en parte',
    pt: 'parcialmente reembolsada',
    ru: 'возвращён частично',
  },
  failed: { en: 'failed', de: 'fehlgeschlagen', es: 'fallido', pt: 'falhada', ru: 'не прошёл' },
  cancelled: { en: 'cancelled', de: 'storniert', es: 'cancelado', pt: 'cancelada', ru: 'отменён' },
  requested: { en: 'requested', de: 'angefordert', es: 'solicitada', pt: 'pedida', ru: 'запрошена' },
  confirmed: { en: 'confirmed', de: 'bestätigt', es: 'confirmada', pt: 'confirmada', ru: 'подтверждена' },
  fulfilled: { en: 'handed over', de: 'übergeben', es: 'entregada', pt: 'entregue', ru: 'выдана' },
  rewarded: { en: 'given', de: 'vergeben', es: 'concedida', pt: 'concedida', ru: 'выдана' },
  review: {
    en: 'with staff for a decision',
    de: 'bei Mitarbeitern zur Entscheidung',
    es: 'a la espera del personal',
    pt: 'à espera da equipa',
    ru: 'ждёт решения сотрудника',
  },
  refused: { en: 'refused', de: 'abgelehnt', es: 'denegada', pt: 'recusada', ru: 'отклонена' },
  pending: { en: 'waiting for an answer', de: 'unbeantwortet', es: 'pendiente', pt: 'pendente', ru: 'ждёт ответа' },
  withdrawn: { en: 'withdrawn', de: 'zurückgezogen', es: 'retirada', pt: 'retirado', ru: 'отозвано' },
  reversed: { en: 'taken back', de: 'zurückgenommen', es: 'retirada', pt: 'retirada', ru: 'отозвана' },
  granted: { en: 'granted', de: 'gewährt', es: 'concedido', pt: 'concedido', ru: 'выдан' },
  active: { en: 'active', de: 'gültig', es: 'activo', pt: 'ativo', ru: 'действует' },
  used: { en: 'used', de: 'eingelöst', es: 'usado', pt: 'usado', ru: 'использован' },
  expired: { en: 'expired', de: 'abgelaufen', es: 'caducado', pt: 'expirado', ru: 'истёк' },
  revoked: { en: 'taken back', de: 'zurückgenommen', es: 'retirado', pt: 'retirado', ru: 'отозван' },
  pooled: { en: 'of the company', de: 'der Firma', es: 'de la empresa', pt: 'da empresa', ru: 'компании' },
  personal: {
    en: 'of each buyer',
    de: 'jedes Einkäufers',
    es: 'de cada comprador',
    pt: 'de cada comprador',
    ru: 'каждого покупателя',
  },
  account: { en: 'of the company', de: 'der Firma', es: 'de la empresa', pt: 'da empresa', ru: 'компании' },
  buyer: { en: 'buyer', de: 'Einkäufer', es: 'comprador', pt: 'comprador', ru: 'покупатель' },
  approver: { en: 'approver', de: 'Freigeber', es: 'aprobador', pt: 'aprovador', ru: 'согласующий' },
  admin: { en: 'administrator', de: 'Administrator', es: 'administrador', pt: 'administrador', ru: 'администратор' },
  approved: { en: 'approved', de: 'freigegeben', es: 'aprobado', pt: 'aprovado', ru: 'одобрено' },
};
