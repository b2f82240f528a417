import type { ReasonTable } from '../reason-words';

/** Rewards of the catalogue: bought, handed over, or not to be had. */
export const rewardWords: ReasonTable = {
  reward_redeemed: {
    en: '{reward:reward}: {quantity} at {price:points} each.',
    de: '{reward:reward}: {quantity} zu je {price:points}.',
    es: '{reward:reward}: {quantity} a {price:points} cada uno.',
    pt: '{reward:reward}: {quantity} a {price:points} cada.',
    ru: '{reward:reward}: {quantity} по {price:points}.',
  },
  reward_outside_dates: {
    en: '{reward:reward} can be had from {from:date} to {until:date}.',
    de: '{reward:reward} gibt es von {from:date} bis {until:date}.',
    es: '{reward:reward} se ofrece desde {from:date} hasta {until:date}.',
    pt: '{reward:reward} está disponível de {from:date} a {until:date}.',
    ru: '{reward:reward}: с {from:date} до {until:date}.',
  },
  reward_other_tier: {
    en: '{reward:reward} needs {needs:tier}; the tier is {tier:tier}.',
    de: '{reward:reward} verlangt {needs:tier}; die Stufe ist {tier:tier}.',
    es: '{reward:reward} requiere {needs:tier}; el nivel es {tier:tier}.',
    pt: '{reward:reward} requer {needs:tier}; o nível é {tier:tier}.',
    ru: '{reward:reward}: нужен {needs:tier}, сейчас {tier:tier}.',
  },
  reward_other_segment: {
    en: '{reward:reward} is for the segment {needs:segment}.',
    de: '{reward:reward} ist für das Segment {needs:segment}.',
    es: '{reward:reward} es para el segmento {needs:segment}.',
    pt: '{reward:reward} é para o segmento {needs:segment}.',
    ru: '{reward:reward}: для сегмента {needs:segment}.',
    staffOnly: true,
  },
  reward_limit_per_member: {
    en: '{reward:reward} is given {limit} times to a member; had so far: {taken}.',
    de: '{reward:reward} gibt es {limit}-mal je Mitglied; bisher: {taken}.',
    es: '{reward:reward} se da {limit} veces por miembro; hasta ahora: {taken}.',
    pt: '{reward:reward} é dada {limit} vezes por membro; até agora: {taken}.',
    ru: '{reward:reward}: не больше {limit} на участника, уже {taken}.',
  },
  reward_sold_out: {
    en: '{reward:reward}: {left} left.',
    de: '{reward:reward}: noch {left} da.',
    es: '{reward:reward}: quedan {left}.',
    pt: '{reward:reward}: restam {left}.',
    ru: '{reward:reward}: осталось {left}.',
  },
  reward_points_missing: {
    en: '{reward:reward} costs {price:points}, there are {points:points}; {missing:points} missing.',
    de: '{reward:reward} kostet {price:points}, vorhanden sind {points:points}; es fehlen {missing:points}.',
    es: '{reward:reward} cuesta {price:points}, hay {points:points}; faltan {missing:points}.',
    pt: '{reward:reward} custa {price:points}, há {points:points}; faltam {missing:points}.',
    ru: '{reward:reward} стоит {price:points}, есть {points:points}; не хватает {missing:points}.',
  },
  reward_confirmed: {
    en: '{reward:reward} is confirmed.',
    de: '{reward:reward} ist bestätigt.',
    es: '{reward:reward} está confirmada.',
    pt: '{reward:reward} está confirmada.',
    ru: '{reward:reward}: подтверждено.',
  },
  reward_fulfilled: {
    en: '{reward:reward} was handed over.',
    de: '{reward:reward} wurde übergeben.',
    es: '{reward:reward} se ha entregado.',
    pt: '{reward:reward} foi entregue.',
    ru: '{reward:reward}: выдано.',
  },
  reward_cancelled: {
    en: '{reward:reward} was cancelled; given back: {points:points}.',
    de: '{reward:reward} wurde storniert; zurückgegeben: {points:points}.',
    es: '{reward:reward} se ha cancelado; devueltos: {points:points}.',
    pt: '{reward:reward} foi cancelada; devolvidos: {points:points}.',
    ru: '{reward:reward}: отменено, возвращено {points:points}.',
  },
};
