import type { ReasonTable } from '../reason-words';

/** Birthdays, anniversaries and holidays. */
export const occasionWords: ReasonTable = {
  occasion: {
    en: 'It is the day: {on}.',
    de: 'Es ist so weit: {on}.',
    es: 'Es el día: {on}.',
    pt: 'É o dia: {on}.',
    ru: 'Настал день: {on}.',
  },
  occasion_outside_dates: {
    en: '{at:date} is outside the dates of the occasion.',
    de: '{at:date} liegt außerhalb des Zeitraums.',
    es: '{at:date} está fuera de las fechas.',
    pt: '{at:date} está fora das datas.',
    ru: '{at:date} вне срока.',
  },
  occasion_other_tier: {
    en: 'The occasion is for other tiers; the tier is {tier:tier}.',
    de: 'Der Anlass gilt für andere Stufen; die Stufe ist {tier:tier}.',
    es: 'La ocasión es para otros niveles; el nivel es {tier:tier}.',
    pt: 'A ocasião é para outros níveis; o nível é {tier:tier}.',
    ru: 'Повод для других уровней; уровень {tier:tier}.',
  },
  occasion_other_segment: {
    en: 'The occasion is for other customers.',
    de: 'Der Anlass gilt für andere Kunden.',
    es: 'La ocasión es para otros clientes.',
    pt: 'A ocasião é para outros clientes.',
    ru: 'Повод для других покупателей.',
  },
  occasion_without_account: {
    en: 'A guest has no account for the reward.',
    de: 'Ein Gast hat kein Konto für die Belohnung.',
    es: 'Un invitado no tiene cuenta para la recompensa.',
    pt: 'Um convidado não tem conta para a recompensa.',
    ru: 'У гостя нет счёта для награды.',
  },
  occasion_joined_later: {
    en: 'Joined on {joinedOn}, after {dueOn}.',
    de: 'Beigetreten am {joinedOn}, nach dem {dueOn}.',
    es: 'Alta el {joinedOn}, después del {dueOn}.',
    pt: 'Adesão em {joinedOn}, depois de {dueOn}.',
    ru: 'Вступление {joinedOn}, после {dueOn}.',
  },
  occasion_member_too_new: {
    en: 'A member for {memberDays:days}; it takes {minimumMemberDays:days}.',
    de: 'Mitglied seit {memberDays:days}; nötig sind {minimumMemberDays:days}.',
    es: 'Miembro desde hace {memberDays:days}; hacen falta {minimumMemberDays:days}.',
    pt: 'Membro há {memberDays:days}; são precisos {minimumMemberDays:days}.',
    ru: 'Участник {memberDays:days}; нужно {minimumMemberDays:days}.',
  },
  occasion_rewarded_lately: {
    en: 'It was rewarded lately, on {lastOn}.',
    de: 'Zuletzt belohnt am {lastOn}.',
    es: 'Se premió hace poco, el {lastOn}.',
    pt: 'Foi premiada há pouco, em {lastOn}.',
    ru: 'Награда была недавно, {lastOn}.',
  },
};
