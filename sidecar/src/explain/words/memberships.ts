import type { ReasonTable } from '../reason-words';

/** Paid memberships: what orders bought, and when it was over. */
export const membershipWords: ReasonTable = {
  membership_bought: {
    en: '{plan:membership}: {from:date} to {until:date}.',
    de: '{plan:membership}: {from:date} bis {until:date}.',
    es: '{plan:membership}: del {from:date} al {until:date}.',
    pt: '{plan:membership}: de {from:date} a {until:date}.',
    ru: '{plan:membership}: с {from:date} по {until:date}.',
  },
  membership_none: {
    en: '{plan:membership}: nothing is bought, paid and kept.',
    de: '{plan:membership}: Nichts ist gekauft, bezahlt und behalten.',
    es: '{plan:membership}: nada comprado, pagado y conservado.',
    pt: '{plan:membership}: nada comprado, pago e mantido.',
    ru: '{plan:membership}: нет оплаченных покупок.',
  },
  membership_lapsed: {
    en: '{plan:membership} of {from:date} ended on {until:date}.',
    de: '{plan:membership} vom {from:date} endete am {until:date}.',
    es: '{plan:membership} del {from:date} terminó el {until:date}.',
    pt: '{plan:membership} de {from:date} terminou em {until:date}.',
    ru: '{plan:membership} от {from:date}: срок истёк {until:date}.',
  },
};
