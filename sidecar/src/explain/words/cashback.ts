import type { ReasonTable } from '../reason-words';

/** Points turned into money, or not. */
export const cashbackWords: ReasonTable = {
  cashback_paid: {
    en: '{cashback:cashback}: {points:points} became {valueMinor}; {kept:points} stay.',
    de: '{cashback:cashback}: Aus {points:points} wurden {valueMinor}; es bleiben {kept:points}.',
    es: '{cashback:cashback}: {points:points} pasan a {valueMinor}; quedan {kept:points}.',
    pt: '{cashback:cashback}: {points:points} passaram a {valueMinor}; restam {kept:points}.',
    ru: '{cashback:cashback}: {points:points} обменяны на {valueMinor}; осталось {kept:points}.',
  },
  cashback_no_value: {
    en: '{cashback:cashback}: points have no value in money.',
    de: '{cashback:cashback}: Punkte haben keinen Geldwert.',
    es: '{cashback:cashback}: los puntos no tienen valor en dinero.',
    pt: '{cashback:cashback}: os pontos não têm valor em dinheiro.',
    ru: '{cashback:cashback}: баллы не имеют денежной стоимости.',
  },
  cashback_below_minimum: {
    en: '{cashback:cashback} begins at {minimumPoints:points}; it would be {points:points}.',
    de: '{cashback:cashback} beginnt bei {minimumPoints:points}; es wären {points:points}.',
    es: '{cashback:cashback} empieza en {minimumPoints:points}; serían {points:points}.',
    pt: '{cashback:cashback} começa em {minimumPoints:points}; seriam {points:points}.',
    ru: '{cashback:cashback}: от {minimumPoints:points}, было бы {points:points}.',
  },
  cashback_not_a_step: {
    en: '{cashback:cashback} is paid for multiples of {unit:points} only, not for {points:points}.',
    de: '{cashback:cashback} gibt es nur für Vielfache von {unit:points}, nicht für {points:points}.',
    es: '{cashback:cashback} se paga solo por múltiplos de {unit:points}, no por {points:points}.',
    pt: '{cashback:cashback} só é pago por múltiplos de {unit:points}, não por {points:points}.',
    ru: '{cashback:cashback}: только кратно {unit:points}, а не {points:points}.',
  },
  cashback_points_missing: {
    en: '{cashback:cashback}: {points:points} asked for, {available:points} there.',
    de: '{cashback:cashback}: {points:points} verlangt, {available:points} vorhanden.',
    es: '{cashback:cashback}: se piden {points:points}, hay {available:points}.',
    pt: '{cashback:cashback}: pedidos {points:points}, existem {available:points}.',
    ru: '{cashback:cashback}: запрошено {points:points}, есть {available:points}.',
  },
  cashback_settled: {
    en: '{cashback:cashback}: {valueMinor} arrived.',
    de: '{cashback:cashback}: {valueMinor} sind angekommen.',
    es: '{cashback:cashback}: {valueMinor} han llegado.',
    pt: '{cashback:cashback}: {valueMinor} chegaram.',
    ru: '{cashback:cashback}: {valueMinor} получены.',
  },
  cashback_failed: {
    en: '{cashback:cashback}: {valueMinor} could not be paid; {points:points} are back.',
    de: '{cashback:cashback}: {valueMinor} konnten nicht gezahlt werden; {points:points} sind zurück.',
    es: '{cashback:cashback}: no se pudieron pagar {valueMinor}; vuelven {points:points}.',
    pt: '{cashback:cashback}: não foi possível pagar {valueMinor}; {points:points} voltaram.',
    ru: '{cashback:cashback}: {valueMinor} не выплачены; {points:points} возвращены.',
  },
};
