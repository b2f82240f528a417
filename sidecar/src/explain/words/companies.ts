import type { ReasonTable } from '../reason-words';

/** Companies, their buyers and what those may spend. */
export const companyWords: ReasonTable = {
  company_changed: {
    en: '{actor}: {reason}',
    de: '{actor}: {reason}',
    es: '{actor}: {reason}',
    pt: '{actor}: {reason}',
    ru: '{actor}: {reason}',
    staffOnly: true,
  },
  buyer_joined: {
    en: '{actor} added the buyer: {reason}',
    de: '{actor} hat den Einkäufer aufgenommen: {reason}',
    es: '{actor} añadió al comprador: {reason}',
    pt: '{actor} adicionou o comprador: {reason}',
    ru: '{actor} добавил покупателя: {reason}',
    staffOnly: true,
  },
  buyer_changed: {
    en: '{actor} changed role or limits: {reason}',
    de: '{actor} hat Rolle oder Grenzen geändert: {reason}',
    es: '{actor} cambió el rol o los límites: {reason}',
    pt: '{actor} alterou a função ou os limites: {reason}',
    ru: '{actor} изменил роль или лимиты: {reason}',
    staffOnly: true,
  },
  buyer_left: {
    en: '{actor} removed the buyer: {reason}',
    de: '{actor} hat den Einkäufer entfernt: {reason}',
    es: '{actor} quitó al comprador: {reason}',
    pt: '{actor} retirou o comprador: {reason}',
    ru: '{actor} удалил покупателя: {reason}',
    staffOnly: true,
  },
  points_pooled: {
    en: '{actor} gave {points:points} of the buyer to the company: {reason}',
    de: '{actor} hat der Firma {points:points} des Einkäufers gutgeschrieben: {reason}',
    es: '{actor} pasó {points:points} del comprador a la empresa: {reason}',
    pt: '{actor} passou {points:points} do comprador para a empresa: {reason}',
    ru: '{actor} передал компании {points:points} покупателя: {reason}',
    staffOnly: true,
  },
  approval_requested: {
    en: '{points:points} want an approval; without one the buyer may use {approvalAbove:points}.',
    de: '{points:points} müssen freigegeben werden; ohne Freigabe sind {approvalAbove:points} erlaubt.',
    es: '{points:points} necesitan aprobación; sin ella se pueden usar {approvalAbove:points}.',
    pt: '{points:points} precisam de aprovação; sem ela podem usar-se {approvalAbove:points}.',
    ru: '{points:points}: нужно одобрение; без него разрешено {approvalAbove:points}.',
  },
  approval_decided: {
    en: '{actor} approved {points:points}: {reason}',
    de: '{actor} hat {points:points} freigegeben: {reason}',
    es: '{actor} aprobó {points:points}: {reason}',
    pt: '{actor} aprovou {points:points}: {reason}',
    ru: '{actor} одобрил {points:points}: {reason}',
    staffOnly: true,
    otherwise: {
      en: '{actor} refused {points:points}: {reason}',
      de: '{actor} hat {points:points} abgelehnt: {reason}',
      es: '{actor} rechazó {points:points}: {reason}',
      pt: '{actor} recusou {points:points}: {reason}',
      ru: '{actor} отклонил {points:points}: {reason}',
    },
  },
};
