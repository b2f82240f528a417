import type { ReasonTable } from '../reason-words';

/** Persons who were forgotten, terms of participation, and addresses left before there was an account. */
export const privacyWords: ReasonTable = {
  lead_points: {
    en: '{points:points} for signing up before there was an account.',
    de: '{points:points} für die Anmeldung, bevor es ein Konto gab.',
    es: '{points:points} por apuntarse antes de tener cuenta.',
    pt: '{points:points} por se inscrever antes de ter conta.',
    ru: '{points:points} за подписку до создания учётной записи.',
  },
  lead_voucher: {
    en: 'A voucher of {voucher} for signing up before there was an account.',
    de: 'Ein Gutschein über {voucher} für die Anmeldung, bevor es ein Konto gab.',
    es: 'Un vale de {voucher} por apuntarse antes de tener cuenta.',
    pt: 'Um vale de {voucher} por se inscrever antes de ter conta.',
    ru: 'Ваучер на {voucher} за подписку до создания учётной записи.',
  },
  lead_was_member: {
    en: 'Nothing is given: there was an account already.',
    de: 'Es gibt nichts: Ein Konto bestand schon.',
    es: 'No se da nada: ya había una cuenta.',
    pt: 'Nada é dado: já havia uma conta.',
    ru: 'Ничего не начисляется: учётная запись уже была.',
  },
  terms_accepted: {
    en: 'The terms of participation were accepted, version {version}.',
    de: 'Die Teilnahmebedingungen wurden akzeptiert, Fassung {version}.',
    es: 'Se aceptaron las condiciones de participación, versión {version}.',
    pt: 'As condições de participação foram aceites, versão {version}.',
    ru: 'Условия участия приняты, редакция {version}.',
  },
  terms_not_accepted: {
    en: 'The terms of participation had not been accepted.',
    de: 'Die Teilnahmebedingungen waren nicht akzeptiert.',
    es: 'No se habían aceptado las condiciones de participación.',
    pt: 'As condições de participação não tinham sido aceites.',
    ru: 'Условия участия не были приняты.',
  },
  hold_refused_terms_not_accepted: {
    en: '{points:points} wanted, but the terms of participation had not been accepted.',
    de: '{points:points} gewünscht, aber die Teilnahmebedingungen waren nicht akzeptiert.',
    es: 'Se piden {points:points}, pero no se habían aceptado las condiciones de participación.',
    pt: 'Pedem-se {points:points}, mas as condições de participação não tinham sido aceites.',
    ru: 'Запрошено: {points:points}, но условия участия не были приняты.',
  },
  checkout_accept_terms: {
    en: 'The terms of participation have to be accepted before points can be spent.',
    de: 'Vor dem Einlösen müssen die Teilnahmebedingungen akzeptiert werden.',
    es: 'Antes de gastar puntos hay que aceptar las condiciones de participación.',
    pt: 'Antes de gastar pontos é preciso aceitar as condições de participação.',
    ru: 'Прежде чем тратить баллы, нужно принять условия участия.',
  },
  person_erased: {
    en: 'The person was erased: {points:points} and a debt of {debt:points} were written off.',
    de: 'Die Person wurde gelöscht: {points:points} und Schulden von {debt:points} wurden ausgebucht.',
    es: 'Se borró a la persona: se dieron de baja {points:points} y una deuda de {debt:points}.',
    pt: 'A pessoa foi apagada: foram anulados {points:points} e uma dívida de {debt:points}.',
    ru: 'Данные человека удалены: списано {points:points} и долг {debt:points}.',
  },
};
