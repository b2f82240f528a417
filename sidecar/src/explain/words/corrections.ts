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
  lot_expired: {
    en: '{points:points} of {earnedAt:date} ended on {expiredAt:date}.',
    de: '{points:points} vom {earnedAt:date} verfielen am {expiredAt:date}.',
    es: '{points:points} del {earnedAt:date} caducaron el {expiredAt:date}.',
    pt: '{points:points} de {earnedAt:date} caducaram em {expiredAt:date}.',
    ru: '{points:points} от {earnedAt:date} сгорели {expiredAt:date}.',
  },
};
