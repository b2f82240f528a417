import type { ReasonTable } from '../reason-words';

/** Accounts that became one member, and accounts that staff parted. */
export const identityWords: ReasonTable = {
  members_linked: {
    en: 'Two accounts are one member now; {available:points} came along.',
    de: 'Zwei Konten sind jetzt ein Mitglied; {available:points} kamen dazu.',
    es: 'Dos cuentas son ahora un solo miembro; se añadieron {available:points}.',
    pt: 'Duas contas são agora um só membro; juntaram-se {available:points}.',
    ru: 'Два аккаунта теперь принадлежат одному участнику; добавлено: {available:points}.',
  },
  account_parted: {
    en: 'The account is a member of its own now, with {orderPoints:points} of its orders and {points:points} besides.',
    de: 'Das Konto ist jetzt ein eigenes Mitglied, mit {orderPoints:points} aus seinen Bestellungen und {points:points} dazu.',
    es: 'La cuenta es ahora un miembro propio, con {orderPoints:points} de sus pedidos y {points:points} más.',
    pt: 'A conta é agora um membro próprio, com {orderPoints:points} das suas encomendas e mais {points:points}.',
    ru: 'Аккаунт теперь отдельный участник: {orderPoints:points} за его заказы и ещё {points:points}.',
  },
  tier_of_linked_account: {
    en: 'The higher tier of both linked accounts stays: {tier:tier}.',
    de: 'Die höhere Stufe der beiden verbundenen Konten bleibt: {tier:tier}.',
    es: 'Se mantiene el nivel más alto de las dos cuentas vinculadas: {tier:tier}.',
    pt: 'Mantém-se o nível mais alto das duas contas ligadas: {tier:tier}.',
    ru: 'Остаётся более высокий уровень из двух связанных аккаунтов: {tier:tier}.',
  },
};
