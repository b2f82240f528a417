import type { ReasonTable } from '../reason-words';

/** Persons who were forgotten. */
export const privacyWords: ReasonTable = {
  person_erased: {
    en: 'The person was erased: {points:points} and a debt of {debt:points} were written off.',
    de: 'Die Person wurde gelöscht: {points:points} und Schulden von {debt:points} wurden ausgebucht.',
    es: 'Se borró a la persona: se dieron de baja {points:points} y una deuda de {debt:points}.',
    pt: 'A pessoa foi apagada: foram anulados {points:points} e uma dívida de {debt:points}.',
    ru: 'Данные человека удалены: списано {points:points} и долг {debt:points}.',
  },
};
