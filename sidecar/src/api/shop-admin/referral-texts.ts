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
}

const en: ReferralTexts = {
  title: 'Referrals',
  none: 'Nobody has ordered with a friend’s code yet.',
  code: 'Code',
  outcome: 'Outcome',
  status: {
    open: 'waiting for the end of the return period',
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
    },
  },
  es: {
    title: 'Recomendaciones',
    none: 'Todavía nadie ha comprado con el código de un amigo.',
    code: 'Código',
    outcome: 'Resultado',
    status: {
      open: 'a la espera del plazo de devolución',
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
    },
  },
  pt: {
    title: 'Recomendações',
    none: 'Ainda ninguém encomendou com o código de um amigo.',
    code: 'Código',
    outcome: 'Resultado',
    status: {
      open: 'à espera do fim do prazo de devolução',
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
    },
  },
  ru: {
    title: 'Приглашения',
    none: 'По коду друга ещё никто не заказывал.',
    code: 'Код',
    outcome: 'Итог',
    status: {
      open: 'ждёт конца срока возврата',
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
    },
  },
} satisfies Record<string, ReferralTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function referralTexts(locale: string): ReferralTexts {
  return inLanguage(texts, locale);
}
