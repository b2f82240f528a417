/** Words about referrals in the shop's administration. */
import { inLanguage } from '../../domain/in-language';
import type { ReferralRefusal } from '../../domain/referral';
import type { ListedReferral } from '../../operations/list-referrals';

export interface ReferralTexts {
  readonly title: string;
  readonly none: string;
  readonly code: string;
  readonly outcome: string;
  readonly status: Readonly<Record<ListedReferral['status'], string>>;
  readonly reason: Readonly<Record<ReferralRefusal, string>>;
  /** %score% of 100. */
  readonly score: string;
  /** By code of the signal. */
  readonly signal: Readonly<Record<string, string>>;
  readonly approve: string;
  readonly refuse: string;
  readonly why: string;
  readonly notice: Readonly<Record<ReferralNotice, string>>;
}

/** What came of a decision just sent. */
export const REFERRAL_NOTICES = ['decided', 'reason_missing', 'decided_before'] as const;
export type ReferralNotice = (typeof REFERRAL_NOTICES)[number];

const en: ReferralTexts = {
  title: 'Referrals',
  none: 'Nobody has ordered with a friend’s code yet.',
  code: 'Code',
  outcome: 'Outcome',
  status: {
    open: 'waiting for the end of the return period',
    review: 'waiting for your decision',
    rewarded: 'rewarded',
    refused: 'no reward',
    reversed: 'reward taken back',
  },
  reason: {
    no_referral_terms: 'the programme had no referrals then',
    unknown_code: 'nobody has this code',
    self_referral: 'referrer and friend are the same person',
    not_first_order: 'not the friend’s first order',
    already_referred: 'the friend came by another code before',
    referrer_limit_reached: 'the referrer has all the rewards the programme gives',
    order_not_completed: 'the order was not completed',
    order_cancelled: 'the order was cancelled or returned',
    below_minimum: 'the order was below the minimum',
    referrer_period_limit: 'the referrer has all the rewards of this period',
    referrer_day_limit: 'the referrer brought too many friends that day',
    refused_by_staff: 'refused by staff',
    fraud_score: 'the suspicion of fraud is too strong',
    needs_review: 'fraud is suspected',
  },
  score: 'suspicion %score% of 100',
  signal: {
    sameAddress: 'same delivery address',
    emailPattern: 'e-mail addresses alike or throwaway',
    device: 'same internet connection',
    speed: 'very fast, or many at once',
    returns: 'earlier friends returned their orders',
  },
  approve: 'Approve',
  refuse: 'Refuse',
  why: 'Reason',
  notice: {
    decided: 'The referral is decided.',
    reason_missing: 'Please give a reason of 3 to 500 characters.',
    decided_before: 'The referral no longer waits for a decision.',
  },
};

const texts = {
  en,
  de: {
    title: 'Empfehlungen',
    none: 'Noch hat niemand mit dem Code eines Freundes bestellt.',
    code: 'Code',
    outcome: 'Ergebnis',
    status: {
      open: 'wartet auf das Ende der Rückgabefrist',
      review: 'wartet auf deine Entscheidung',
      rewarded: 'belohnt',
      refused: 'keine Belohnung',
      reversed: 'Belohnung zurückgenommen',
    },
    reason: {
      no_referral_terms: 'das Programm hatte damals keine Empfehlungen',
      unknown_code: 'niemand hat diesen Code',
      self_referral: 'Werber und Freund sind dieselbe Person',
      not_first_order: 'nicht die erste Bestellung des Freundes',
      already_referred: 'der Freund kam schon mit einem anderen Code',
      referrer_limit_reached: 'der Werber hat alle Belohnungen des Programms erhalten',
      order_not_completed: 'die Bestellung wurde nicht abgeschlossen',
      order_cancelled: 'die Bestellung wurde storniert oder zurückgegeben',
      below_minimum: 'die Bestellung lag unter dem Mindestwert',
      referrer_period_limit: 'der Werber hat alle Belohnungen dieses Zeitraums erhalten',
      referrer_day_limit: 'der Werber brachte an diesem Tag zu viele Freunde',
      refused_by_staff: 'von Mitarbeitern abgelehnt',
      fraud_score: 'der Betrugsverdacht ist zu stark',
      needs_review: 'Betrugsverdacht',
    },
    score: 'Verdacht %score% von 100',
    signal: {
      sameAddress: 'gleiche Lieferadresse',
      emailPattern: 'E-Mail-Adressen ähneln sich oder sind Wegwerfadressen',
      device: 'gleicher Internetanschluss',
      speed: 'sehr schnell oder viele auf einmal',
      returns: 'frühere Freunde gaben ihre Bestellungen zurück',
    },
    approve: 'Freigeben',
    refuse: 'Ablehnen',
    why: 'Grund',
    notice: {
      decided: 'Über die Empfehlung ist entschieden.',
      reason_missing: 'Bitte gib einen Grund mit 3 bis 500 Zeichen an.',
      decided_before: 'Die Empfehlung wartet nicht mehr auf eine Entscheidung.',
    },
  },
  es: {
    title: 'Recomendaciones',
    none: 'Todavía nadie ha comprado con el código de un amigo.',
    code: 'Código',
    outcome: 'Resultado',
    status: {
      open: 'a la espera del plazo de devolución',
      review: 'a la espera de tu decisión',
      rewarded: 'recompensada',
      refused: 'sin recompensa',
      reversed: 'recompensa retirada',
    },
    reason: {
      no_referral_terms: 'el programa no tenía recomendaciones entonces',
      unknown_code: 'nadie tiene este código',
      self_referral: 'quien recomienda y el amigo son la misma persona',
      not_first_order: 'no es el primer pedido del amigo',
      already_referred: 'el amigo ya vino con otro código',
      referrer_limit_reached: 'quien recomienda ya tiene todas las recompensas del programa',
      order_not_completed: 'el pedido no se completó',
      order_cancelled: 'el pedido se canceló o se devolvió',
      below_minimum: 'el pedido no llegó al mínimo',
      referrer_period_limit: 'quien recomienda ya tiene todas las recompensas de este periodo',
      referrer_day_limit: 'quien recomienda trajo demasiados amigos ese día',
      refused_by_staff: 'rechazada por el personal',
      fraud_score: 'la sospecha de fraude es demasiado fuerte',
      needs_review: 'se sospecha fraude',
    },
    score: 'sospecha %score% de 100',
    signal: {
      sameAddress: 'misma dirección de entrega',
      emailPattern: 'correos parecidos o desechables',
      device: 'misma conexión a internet',
      speed: 'muy rápido, o muchos a la vez',
      returns: 'amigos anteriores devolvieron sus pedidos',
    },
    approve: 'Aprobar',
    refuse: 'Rechazar',
    why: 'Motivo',
    notice: {
      decided: 'La recomendación está decidida.',
      reason_missing: 'Indica un motivo de 3 a 500 caracteres.',
      decided_before: 'La recomendación ya no espera una decisión.',
    },
  },
  pt: {
    title: 'Recomendações',
    none: 'Ainda ninguém encomendou com o código de um amigo.',
    code: 'Código',
    outcome: 'Resultado',
    status: {
      open: 'à espera do fim do prazo de devolução',
      review: 'à espera da sua decisão',
      rewarded: 'recompensada',
      refused: 'sem recompensa',
      reversed: 'recompensa retirada',
    },
    reason: {
      no_referral_terms: 'o programa não tinha recomendações nessa altura',
      unknown_code: 'ninguém tem este código',
      self_referral: 'quem recomenda e o amigo são a mesma pessoa',
      not_first_order: 'não é a primeira encomenda do amigo',
      already_referred: 'o amigo já veio com outro código',
      referrer_limit_reached: 'quem recomenda já tem todas as recompensas do programa',
      order_not_completed: 'a encomenda não foi concluída',
      order_cancelled: 'a encomenda foi cancelada ou devolvida',
      below_minimum: 'a encomenda ficou abaixo do mínimo',
      referrer_period_limit: 'quem recomenda já tem todas as recompensas deste período',
      referrer_day_limit: 'quem recomenda trouxe demasiados amigos nesse dia',
      refused_by_staff: 'recusada pela equipa',
      fraud_score: 'a suspeita de fraude é demasiado forte',
      needs_review: 'suspeita de fraude',
    },
    score: 'suspeita %score% de 100',
    signal: {
      sameAddress: 'mesma morada de entrega',
      emailPattern: 'e-mails parecidos ou descartáveis',
      device: 'mesma ligação à internet',
      speed: 'muito rápido, ou muitos de uma vez',
      returns: 'amigos anteriores devolveram as encomendas',
    },
    approve: 'Aprovar',
    refuse: 'Recusar',
    why: 'Motivo',
    notice: {
      decided: 'A recomendação está decidida.',
      reason_missing: 'Indique um motivo com 3 a 500 caracteres.',
      decided_before: 'A recomendação já não espera uma decisão.',
    },
  },
  ru: {
    title: 'Приглашения',
    none: 'По коду друга ещё никто не заказывал.',
    code: 'Код',
    outcome: 'Итог',
    status: {
      open: 'ждёт конца срока возврата',
      review: 'ждёт вашего решения',
      rewarded: 'награда выдана',
      refused: 'без награды',
      reversed: 'награда отозвана',
    },
    reason: {
      no_referral_terms: 'в программе тогда не было приглашений',
      unknown_code: 'такого кода ни у кого нет',
      self_referral: 'пригласивший и друг — одно лицо',
      not_first_order: 'это не первый заказ друга',
      already_referred: 'друг уже пришёл по другому коду',
      referrer_limit_reached: 'пригласивший получил все награды программы',
      order_not_completed: 'заказ не завершён',
      order_cancelled: 'заказ отменён или возвращён',
      below_minimum: 'заказ меньше минимальной суммы',
      referrer_period_limit: 'пригласивший получил все награды за этот период',
      referrer_day_limit: 'пригласивший привёл в этот день слишком много друзей',
      refused_by_staff: 'отклонено сотрудником',
      fraud_score: 'подозрение в обмане слишком сильное',
      needs_review: 'подозрение в обмане',
    },
    score: 'подозрение: %score% из 100',
    signal: {
      sameAddress: 'тот же адрес доставки',
      emailPattern: 'похожие или одноразовые адреса почты',
      device: 'то же подключение к интернету',
      speed: 'очень быстро или много сразу',
      returns: 'прежние друзья вернули заказы',
    },
    approve: 'Одобрить',
    refuse: 'Отклонить',
    why: 'Причина',
    notice: {
      decided: 'Решение по приглашению принято.',
      reason_missing: 'Укажите причину: от 3 до 500 символов.',
      decided_before: 'Приглашение больше не ждёт решения.',
    },
  },
} satisfies Record<string, ReferralTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function referralTexts(locale: string): ReferralTexts {
  return inLanguage(texts, locale);
}
