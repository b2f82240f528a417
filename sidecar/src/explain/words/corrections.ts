import type { ReasonTable } from '../reason-words';

/** What time and staff do to points. */
export const correctionWords: ReasonTable = {
  points_adjusted: {
    en: '{actor}: {reason} ({points:points})',
    de: '{actor}: {reason} ({points:points})',
    es: '{actor}: {reason} ({points:points})',
    pt: '{actor}: {reason} ({points:points})',
    ru: '{actor}: {reason} ({points:points})',
    staffOnly: true,
  },
  adjustment_requested: {
    en: '{actor} wants to adjust by {points:points}: {reason}. Above {limit:points} within a day a second person confirms; before: {before:points}.',
    de: '{actor} möchte um {points:points} anpassen: {reason}. Über {limit:points} an einem Tag bestätigt eine zweite Person; davor: {before:points}.',
    es: '{actor} quiere ajustar {points:points}: {reason}. Por encima de {limit:points} en un día confirma una segunda persona; antes: {before:points}.',
    pt: '{actor} quer ajustar {points:points}: {reason}. Acima de {limit:points} num dia confirma uma segunda pessoa; antes: {before:points}.',
    ru: '{actor} просит изменить на {points:points}: {reason}. Больше чем {limit:points} за сутки подтверждает второй человек; до этого: {before:points}.',
    staffOnly: true,
  },
  adjustment_confirmed: {
    en: '{actor} confirmed it: {reason}',
    de: '{actor} hat es bestätigt: {reason}',
    es: '{actor} lo confirmó: {reason}',
    pt: '{actor} confirmou: {reason}',
    ru: '{actor} подтвердил: {reason}',
    staffOnly: true,
    otherwise: {
      en: '{actor} refused it: {reason}',
      de: '{actor} hat es abgelehnt: {reason}',
      es: '{actor} lo rechazó: {reason}',
      pt: '{actor} recusou: {reason}',
      ru: '{actor} отклонил: {reason}',
    },
  },
  adjustment_withdrawn: {
    en: '{actor} took the request back: {reason}',
    de: '{actor} hat die Anfrage zurückgezogen: {reason}',
    es: '{actor} retiró la solicitud: {reason}',
    pt: '{actor} retirou o pedido: {reason}',
    ru: '{actor} отозвал запрос: {reason}',
    staffOnly: true,
  },
  lot_expired: {
    en: '{points:points} of {earnedAt:date} ended on {expiredAt:date}.',
    de: '{points:points} vom {earnedAt:date} verfielen am {expiredAt:date}.',
    es: '{points:points} del {earnedAt:date} caducaron el {expiredAt:date}.',
    pt: '{points:points} de {earnedAt:date} caducaram em {expiredAt:date}.',
    ru: '{points:points} от {earnedAt:date} сгорели {expiredAt:date}.',
  },
};
