import type { ReasonTable } from '../reason-words';

/** Prices for members of a tier. */
export const priceWords: ReasonTable = {
  tier_price: {
    en: '{tier:tier} from {quantityFrom}: {priceMinor} instead of {regularMinor}, by rule {rule:quoted}.',
    de: '{tier:tier} ab {quantityFrom}: {priceMinor} statt {regularMinor}, nach Regel {rule:quoted}.',
    es: '{tier:tier} desde {quantityFrom}: {priceMinor} en vez de {regularMinor}, por la regla {rule:quoted}.',
    pt: '{tier:tier} a partir de {quantityFrom}: {priceMinor} em vez de {regularMinor}, pela regra {rule:quoted}.',
    ru: '{tier:tier} от {quantityFrom}: {priceMinor} вместо {regularMinor}, по правилу {rule:quoted}.',
  },
  tier_price_no_rule: {
    en: 'No rule gives {tier:tier} a price of its own.',
    de: 'Keine Regel gibt {tier:tier} einen eigenen Preis.',
    es: 'Ninguna regla da a {tier:tier} un precio propio.',
    pt: 'Nenhuma regra dá a {tier:tier} um preço próprio.',
    ru: 'Ни одно правило не даёт {tier:tier} своей цены.',
  },
  tier_price_other_currency: {
    en: 'Rule {rule:quoted} names no price in {currency} for {tier:tier}.',
    de: 'Regel {rule:quoted} nennt für {tier:tier} keinen Preis in {currency}.',
    es: 'La regla {rule:quoted} no indica precio en {currency} para {tier:tier}.',
    pt: 'A regra {rule:quoted} não indica preço em {currency} para {tier:tier}.',
    ru: 'Правило {rule:quoted} не называет цены в {currency} для {tier:tier}.',
  },
  tier_price_product_gone: {
    en: 'The shop no longer lists the product.',
    de: 'Der Shop führt das Produkt nicht mehr.',
    es: 'La tienda ya no ofrece el producto.',
    pt: 'A loja já não tem o produto.',
    ru: 'Магазин больше не предлагает этот товар.',
  },
};
