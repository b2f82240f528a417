/** Words of the page in the shop's administration. */
import { inLanguage } from '../../domain/in-language';

export interface OverviewTexts {
  readonly title: string;
  readonly programme: string;
  readonly version: string;
  readonly noProgramme: string;
  readonly points: string;
  readonly available: string;
  readonly pending: string;
  readonly held: string;
  readonly owed: string;
  readonly liability: string;
  readonly tiers: string;
  readonly tier: string;
  readonly noTier: string;
  readonly members: string;
  readonly reviews: string;
  readonly noReviews: string;
  readonly order: string;
  readonly since: string;
  readonly health: string;
  readonly healthy: string;
  readonly waiting: string;
  readonly givenUp: string;
}

const en: OverviewTexts = {
  title: 'Loyalty programme',
  programme: 'Programme',
  version: 'version',
  noProgramme: 'No programme has been published yet. Shoppers earn nothing until one is.',
  points: 'Points',
  available: 'Available',
  pending: 'Pending',
  held: 'In orders under way',
  owed: 'Owed by members',
  liability: 'Worth of all outstanding points',
  tiers: 'Members by tier',
  tier: 'Tier',
  noTier: 'No tier',
  members: 'Members',
  reviews: 'Refunds to review',
  noReviews: 'Nothing to review.',
  order: 'Order',
  since: 'Since',
  health: 'Health',
  healthy: 'Everything the shop sent has been worked on, and the shop shows everything it should.',
  waiting: 'Waiting',
  givenUp: 'Given up, can be replayed',
};

const texts = {
  en,
  de: {
    title: 'Treueprogramm',
    programme: 'Programm',
    version: 'Version',
    noProgramme: 'Es ist noch kein Programm veröffentlicht. Bis dahin sammelt niemand Punkte.',
    points: 'Punkte',
    available: 'Verfügbar',
    pending: 'Ausstehend',
    held: 'In laufenden Bestellungen',
    owed: 'Von Mitgliedern geschuldet',
    liability: 'Wert aller ausstehenden Punkte',
    tiers: 'Mitglieder nach Stufe',
    tier: 'Stufe',
    noTier: 'Keine Stufe',
    members: 'Mitglieder',
    reviews: 'Zu prüfende Erstattungen',
    noReviews: 'Nichts zu prüfen.',
    order: 'Bestellung',
    since: 'Seit',
    health: 'Zustand',
    healthy: 'Alles vom Shop Gesendete ist verarbeitet, und der Shop zeigt alles, was er soll.',
    waiting: 'Wartend',
    givenUp: 'Aufgegeben, wiederholbar',
  },
  es: {
    title: 'Programa de fidelidad',
    programme: 'Programa',
    version: 'versión',
    noProgramme: 'Aún no hay ningún programa publicado. Hasta entonces nadie gana puntos.',
    points: 'Puntos',
    available: 'Disponibles',
    pending: 'Pendientes',
    held: 'En pedidos en curso',
    owed: 'Adeudados por miembros',
    liability: 'Valor de todos los puntos pendientes de uso',
    tiers: 'Miembros por nivel',
    tier: 'Nivel',
    noTier: 'Sin nivel',
    members: 'Miembros',
    reviews: 'Reembolsos por revisar',
    noReviews: 'Nada que revisar.',
    order: 'Pedido',
    since: 'Desde',
    health: 'Estado',
    healthy: 'Todo lo que envió la tienda está procesado, y la tienda muestra todo lo que debe.',
    waiting: 'En espera',
    givenUp: 'Abandonados, se pueden repetir',
  },
  pt: {
    title: 'Programa de fidelidade',
    programme: 'Programa',
    version: 'versão',
    noProgramme: 'Ainda não há nenhum programa publicado. Até lá ninguém ganha pontos.',
    points: 'Pontos',
    available: 'Disponíveis',
    pending: 'Pendentes',
    held: 'Em encomendas em curso',
    owed: 'Em dívida por membros',
    liability: 'Valor de todos os pontos por usar',
    tiers: 'Membros por nível',
    tier: 'Nível',
    noTier: 'Sem nível',
    members: 'Membros',
    reviews: 'Reembolsos a rever',
    noReviews: 'Nada a rever.',
    order: 'Encomenda',
    since: 'Desde',
    health: 'Estado',
    healthy: 'Tudo o que a loja enviou foi processado, e a loja mostra tudo o que deve.',
    waiting: 'Em espera',
    givenUp: 'Abandonados, podem ser repetidos',
  },
  ru: {
    title: 'Программа лояльности',
    programme: 'Программа',
    version: 'версия',
    noProgramme: 'Программа ещё не опубликована. До этого баллы не начисляются.',
    points: 'Баллы',
    available: 'Доступно',
    pending: 'Ожидается',
    held: 'В текущих заказах',
    owed: 'Долг участников',
    liability: 'Стоимость всех неиспользованных баллов',
    tiers: 'Участники по уровням',
    tier: 'Уровень',
    noTier: 'Без уровня',
    members: 'Участники',
    reviews: 'Возвраты на проверку',
    noReviews: 'Проверять нечего.',
    order: 'Заказ',
    since: 'С',
    health: 'Состояние',
    healthy: 'Всё полученное от магазина обработано, и магазин показывает всё, что должен.',
    waiting: 'Ожидает',
    givenUp: 'Отложено, можно повторить',
  },
} satisfies Record<string, OverviewTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function overviewTexts(locale: string): OverviewTexts {
  return inLanguage(texts, locale);
}
