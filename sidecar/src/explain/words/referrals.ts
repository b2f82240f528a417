import type { ReasonTable } from '../reason-words';

/** Whether a friend brings the reward. */
export const referralWords: ReasonTable = {
  referral_rewarded: {
    en: 'The friend’s first order stands; the reward is due.',
    de: 'Die erste Bestellung des Freundes steht; die Prämie ist fällig.',
    es: 'El primer pedido del amigo es firme; corresponde la recompensa.',
    pt: 'A primeira encomenda do amigo é firme; a recompensa é devida.',
    ru: 'Первый заказ друга состоялся, награда положена.',
  },
  referral_no_referral_terms: {
    en: 'The programme rewards no referrals.',
    de: 'Das Programm belohnt keine Empfehlungen.',
    es: 'El programa no premia recomendaciones.',
    pt: 'O programa não premeia recomendações.',
    ru: 'Программа не награждает за приглашения.',
  },
  referral_unknown_code: {
    en: 'Nobody has this code.',
    de: 'Diesen Code hat niemand.',
    es: 'Nadie tiene este código.',
    pt: 'Ninguém tem este código.',
    ru: 'Такого кода ни у кого нет.',
  },
  referral_self_referral: {
    en: 'Nobody can refer themselves.',
    de: 'Niemand kann sich selbst werben.',
    es: 'Nadie puede recomendarse a sí mismo.',
    pt: 'Ninguém se pode recomendar a si próprio.',
    ru: 'Нельзя пригласить самого себя.',
  },
  referral_not_first_order: {
    en: 'It was not the friend’s first order; earlier ones: {earlierOrders}.',
    de: 'Es war nicht die erste Bestellung des Freundes; frühere: {earlierOrders}.',
    es: 'No era el primer pedido del amigo; anteriores: {earlierOrders}.',
    pt: 'Não era a primeira encomenda do amigo; anteriores: {earlierOrders}.',
    ru: 'Это не первый заказ друга; прежних: {earlierOrders}.',
  },
  referral_already_referred: {
    en: 'The friend was referred before.',
    de: 'Der Freund wurde schon geworben.',
    es: 'El amigo ya fue recomendado.',
    pt: 'O amigo já foi recomendado.',
    ru: 'Друг уже был приглашён.',
  },
  referral_referrer_limit_reached: {
    en: 'The limit of rewards is reached: {rewardsGiven} of {maxRewardsPerReferrer}.',
    de: 'Die Höchstzahl der Prämien ist erreicht: {rewardsGiven} von {maxRewardsPerReferrer}.',
    es: 'Se alcanzó el límite de recompensas: {rewardsGiven} de {maxRewardsPerReferrer}.',
    pt: 'O limite de recompensas foi atingido: {rewardsGiven} de {maxRewardsPerReferrer}.',
    ru: 'Предел наград достигнут: {rewardsGiven} из {maxRewardsPerReferrer}.',
  },
  referral_order_not_completed: {
    en: 'The friend’s order is not completed.',
    de: 'Die Bestellung des Freundes ist nicht abgeschlossen.',
    es: 'El pedido del amigo no está completado.',
    pt: 'A encomenda do amigo não está concluída.',
    ru: 'Заказ друга не завершён.',
  },
  referral_order_cancelled: {
    en: 'The friend’s order was cancelled or returned.',
    de: 'Die Bestellung des Freundes wurde storniert oder zurückgegeben.',
    es: 'El pedido del amigo se canceló o se devolvió.',
    pt: 'A encomenda do amigo foi cancelada ou devolvida.',
    ru: 'Заказ друга отменён или возвращён.',
  },
  referral_below_minimum: {
    en: 'The friend’s order of {goodsMinor} is below {minimumMinor}.',
    de: 'Die Bestellung des Freundes über {goodsMinor} liegt unter {minimumMinor}.',
    es: 'El pedido del amigo de {goodsMinor} no llega a {minimumMinor}.',
    pt: 'A encomenda do amigo de {goodsMinor} fica abaixo de {minimumMinor}.',
    ru: 'Заказ друга на {goodsMinor} меньше {minimumMinor}.',
  },
};
