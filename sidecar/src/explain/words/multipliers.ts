import type { ReasonTable } from '../reason-words';

/** Rules and tiers that make points count more than once. */
export const multiplierWords: ReasonTable = {
  multiplier_applied: {
    en: 'Rule {rule:quoted} applies: points {multiplierBps:factor}.',
    de: 'Regel {rule:quoted} gilt: Punkte {multiplierBps:factor}.',
    es: 'Se aplica la regla {rule:quoted}: puntos {multiplierBps:factor}.',
    pt: 'Aplica-se a regra {rule:quoted}: pontos {multiplierBps:factor}.',
    ru: 'Действует правило {rule:quoted}: баллы {multiplierBps:factor}.',
  },
  multiplier_not_best: {
    en: 'Rule {rule:quoted} ({multiplierBps:factor}) gives way to a better one.',
    de: 'Regel {rule:quoted} ({multiplierBps:factor}) weicht einer besseren.',
    es: 'La regla {rule:quoted} ({multiplierBps:factor}) cede ante otra mejor.',
    pt: 'A regra {rule:quoted} ({multiplierBps:factor}) cede a outra melhor.',
    ru: 'Правило {rule:quoted} ({multiplierBps:factor}) уступает лучшему.',
  },
  multiplier_other_goods: {
    en: 'Rule {rule:quoted} ({multiplierBps:factor}) is for other products.',
    de: 'Regel {rule:quoted} ({multiplierBps:factor}) gilt für andere Produkte.',
    es: 'La regla {rule:quoted} ({multiplierBps:factor}) es para otros productos.',
    pt: 'A regra {rule:quoted} ({multiplierBps:factor}) é para outros produtos.',
    ru: 'Правило {rule:quoted} ({multiplierBps:factor}) для других товаров.',
  },
  multiplier_capped: {
    en: 'All rules together count at most {multiplierBps:factor}.',
    de: 'Alle Regeln zusammen zählen höchstens {multiplierBps:factor}.',
    es: 'Todas las reglas juntas cuentan como máximo {multiplierBps:factor}.',
    pt: 'Todas as regras juntas contam no máximo {multiplierBps:factor}.',
    ru: 'Все правила вместе дают не больше {multiplierBps:factor}.',
  },
  multiplier_outside_dates: {
    en: 'Rule {rule:quoted} was not running on {at:date}.',
    de: 'Regel {rule:quoted} lief am {at:date} nicht.',
    es: 'La regla {rule:quoted} no estaba vigente el {at:date}.',
    pt: 'A regra {rule:quoted} não estava em vigor em {at:date}.',
    ru: 'Правило {rule:quoted} не действовало {at:date}.',
  },
  multiplier_other_tier: {
    en: 'Rule {rule:quoted} is for another tier.',
    de: 'Regel {rule:quoted} gilt für eine andere Stufe.',
    es: 'La regla {rule:quoted} es para otro nivel.',
    pt: 'A regra {rule:quoted} é para outro nível.',
    ru: 'Правило {rule:quoted} для другого уровня.',
  },
  multiplier_other_channel: {
    en: 'Rule {rule:quoted} is for another shop or channel.',
    de: 'Regel {rule:quoted} gilt für einen anderen Shop oder Kanal.',
    es: 'La regla {rule:quoted} es para otra tienda u otro canal.',
    pt: 'A regra {rule:quoted} é para outra loja ou outro canal.',
    ru: 'Правило {rule:quoted} для другого магазина или канала.',
  },
  multiplier_other_segment: {
    en: 'Rule {rule:quoted} is for another segment.',
    de: 'Regel {rule:quoted} gilt für ein anderes Segment.',
    es: 'La regla {rule:quoted} es para otro segmento.',
    pt: 'A regra {rule:quoted} é para outro segmento.',
    ru: 'Правило {rule:quoted} для другого сегмента.',
    staffOnly: true,
  },
};
