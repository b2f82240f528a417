import type { ReasonTable } from '../reason-words';

/** What a replay of past orders has in it beside orders, and what it knows nothing of. */
export const whatIfWords: ReasonTable = {
  what_if_with_budgets: {
    en: 'Campaigns with a budget: it goes to orders as they were placed, until it is used up.',
    de: 'Kampagnen mit Budget: Es geht der Reihe nach an die Bestellungen, bis es aufgebraucht ist.',
    es: 'Campañas con presupuesto: se reparte entre los pedidos por orden de llegada hasta agotarse.',
    pt: 'Campanhas com orçamento: é dado às encomendas por ordem de chegada, até se esgotar.',
    ru: 'Акции с бюджетом: он достаётся заказам по порядку, пока не закончится.',
  },
  what_if_with_activities: {
    en: 'Points for activities, from the events the shops have reported.',
    de: 'Punkte für Aktivitäten, aus den Ereignissen, die die Shops gemeldet haben.',
    es: 'Puntos por actividades, según los eventos que comunicaron las tiendas.',
    pt: 'Pontos por atividades, a partir dos eventos que as lojas comunicaram.',
    ru: 'Баллы за активности — по событиям, о которых сообщили магазины.',
  },
  what_if_with_referrals: {
    en: 'Rewards for recommendations that have already come in.',
    de: 'Belohnungen für Empfehlungen, die es schon gab.',
    es: 'Recompensas por las recomendaciones que ya hubo.',
    pt: 'Recompensas por recomendações que já aconteceram.',
    ru: 'Награды за рекомендации, которые уже были.',
  },
  what_if_with_occasions: {
    en: 'Gifts for birthdays, anniversaries and holidays, for birthdays that are known today.',
    de: 'Geschenke zu Geburtstag, Jahrestag und Feiertagen; Geburtstage, soweit heute bekannt.',
    es: 'Regalos de cumpleaños, aniversario y festivos; los cumpleaños, si hoy se conocen.',
    pt: 'Ofertas de aniversário e de dias festivos; as datas de nascimento, se hoje forem conhecidas.',
    ru: 'Подарки ко дню рождения, годовщине и праздникам; дни рождения — если они известны сегодня.',
  },
  what_if_with_vouchers: {
    en: 'Vouchers as a welcome and for the next purchase. Whether they would be used is not known.',
    de: 'Gutscheine zur Begrüßung und für den nächsten Einkauf. Ob sie eingelöst würden, weiß niemand.',
    es: 'Vales de bienvenida y para la próxima compra. No se sabe si se usarían.',
    pt: 'Vales de boas-vindas e para a próxima compra. Não se sabe se seriam usados.',
    ru: 'Приветственные купоны и купоны на следующую покупку. Использовали бы их — неизвестно.',
  },
  what_if_with_memberships: {
    en: 'Paid memberships that past orders would have bought.',
    de: 'Bezahlte Mitgliedschaften, die mit früheren Bestellungen gekauft worden wären.',
    es: 'Membresías de pago que se habrían comprado con los pedidos anteriores.',
    pt: 'Adesões pagas que teriam sido compradas com as encomendas anteriores.',
    ru: 'Платные членства, которые были бы куплены прошлыми заказами.',
  },
  what_if_with_manual_tiers: {
    en: 'Tiers that staff gave by hand and that are still in place.',
    de: 'Von Hand gesetzte Stufen, die noch bestehen.',
    es: 'Niveles asignados a mano que siguen vigentes.',
    pt: 'Níveis atribuídos à mão que ainda estão em vigor.',
    ru: 'Уровни, назначенные вручную и действующие до сих пор.',
  },
  what_if_without_challenges: {
    en: 'Rewards of challenges: how far members are follows from the challenges of their time.',
    de: 'Belohnungen aus Challenges: Der Fortschritt gehört zu den Challenges von damals.',
    es: 'Recompensas de retos: el progreso corresponde a los retos de entonces.',
    pt: 'Recompensas de desafios: o progresso pertence aos desafios dessa altura.',
    ru: 'Награды за задания: прогресс относится к заданиям того времени.',
  },
  what_if_without_ended_tiers: {
    en: 'Tiers that staff gave by hand and that are over: only present ones are kept.',
    de: 'Von Hand gesetzte Stufen, die vorbei sind: Aufbewahrt werden nur bestehende.',
    es: 'Niveles asignados a mano que ya terminaron: solo se guardan los vigentes.',
    pt: 'Níveis atribuídos à mão que já terminaram: só se guardam os atuais.',
    ru: 'Завершившиеся уровни, назначенные вручную: хранятся только действующие.',
  },
  what_if_without_corrections: {
    en: 'Corrections by staff: no programme foresees them.',
    de: 'Korrekturen von Hand: Kein Programm sieht sie vor.',
    es: 'Correcciones del personal: ningún programa las prevé.',
    pt: 'Correções da equipa: nenhum programa as prevê.',
    ru: 'Исправления сотрудников: программа их не предусматривает.',
  },
};
