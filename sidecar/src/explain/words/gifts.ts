import type { ReasonTable } from '../reason-words';

/** Free products that a cart has earned, or has not. */
export const giftWords: ReasonTable = {
  gift_due: {
    en: 'Gift {rule:quoted}: {quantity} due from {minimumMinor}, the cart has {goodsMinor}.',
    de: 'Geschenk {rule:quoted}: {quantity} ab {minimumMinor}, der Warenkorb hat {goodsMinor}.',
    es: 'Regalo {rule:quoted}: {quantity} desde {minimumMinor}, la cesta tiene {goodsMinor}.',
    pt: 'Oferta {rule:quoted}: {quantity} a partir de {minimumMinor}, o carrinho tem {goodsMinor}.',
    ru: 'Подарок {rule:quoted}: {quantity} от {minimumMinor}, в корзине {goodsMinor}.',
  },
  gift_outside_dates: {
    en: 'Gift {rule:quoted} is not given on {at:date}.',
    de: 'Das Geschenk {rule:quoted} gibt es am {at:date} nicht.',
    es: 'El regalo {rule:quoted} no se da el {at:date}.',
    pt: 'A oferta {rule:quoted} não é dada em {at:date}.',
    ru: 'Подарка {rule:quoted} {at:date} нет.',
  },
  gift_other_tier: {
    en: 'Gift {rule:quoted} is for another tier.',
    de: 'Das Geschenk {rule:quoted} ist für eine andere Stufe.',
    es: 'El regalo {rule:quoted} es para otro nivel.',
    pt: 'A oferta {rule:quoted} é para outro nível.',
    ru: 'Подарок {rule:quoted} для другого уровня.',
  },
  gift_other_channel: {
    en: 'Gift {rule:quoted} is for another shop or channel.',
    de: 'Das Geschenk {rule:quoted} ist für einen anderen Shop oder Kanal.',
    es: 'El regalo {rule:quoted} es para otra tienda o canal.',
    pt: 'A oferta {rule:quoted} é para outra loja ou canal.',
    ru: 'Подарок {rule:quoted} для другого магазина или канала.',
  },
  gift_other_segment: {
    en: 'Gift {rule:quoted} is for another segment.',
    de: 'Das Geschenk {rule:quoted} ist für ein anderes Segment.',
    es: 'El regalo {rule:quoted} es para otro segmento.',
    pt: 'A oferta {rule:quoted} é para outro segmento.',
    ru: 'Подарок {rule:quoted} для другого сегмента.',
    staffOnly: true,
  },
  gift_other_currency: {
    en: 'Gift {rule:quoted} is not given in {currency}.',
    de: 'Das Geschenk {rule:quoted} gibt es nicht in {currency}.',
    es: 'El regalo {rule:quoted} no se da en {currency}.',
    pt: 'A oferta {rule:quoted} não é dada em {currency}.',
    ru: 'Подарка {rule:quoted} нет в {currency}.',
  },
  gift_below_minimum: {
    en: 'Gift {rule:quoted} is due from {minimumMinor}, the cart has {goodsMinor}.',
    de: 'Das Geschenk {rule:quoted} gibt es ab {minimumMinor}, der Warenkorb hat {goodsMinor}.',
    es: 'El regalo {rule:quoted} se da desde {minimumMinor}, la cesta tiene {goodsMinor}.',
    pt: 'A oferta {rule:quoted} é dada a partir de {minimumMinor}, o carrinho tem {goodsMinor}.',
    ru: 'Подарок {rule:quoted} от {minimumMinor}, в корзине {goodsMinor}.',
  },
  gift_limit_reached: {
    en: 'Gift {rule:quoted} is given {limitPerMember} times to a member.',
    de: 'Das Geschenk {rule:quoted} gibt es {limitPerMember}-mal je Mitglied.',
    es: 'El regalo {rule:quoted} se da {limitPerMember} veces por miembro.',
    pt: 'A oferta {rule:quoted} é dada {limitPerMember} vezes por membro.',
    ru: 'Подарок {rule:quoted}: не больше {limitPerMember} на участника.',
  },
  gift_out_of_stock: {
    en: 'Gift {rule:quoted}: all {stock} have been given.',
    de: 'Geschenk {rule:quoted}: Alle {stock} sind vergeben.',
    es: 'Regalo {rule:quoted}: ya se dieron los {stock}.',
    pt: 'Oferta {rule:quoted}: as {stock} já foram dadas.',
    ru: 'Подарок {rule:quoted}: все {stock} уже выданы.',
  },
  gift_granted: {
    en: 'Gift {rule:quoted}: {quantity} of {productNumber:quoted} with the order.',
    de: 'Geschenk {rule:quoted}: {quantity}-mal {productNumber:quoted} mit der Bestellung.',
    es: 'Regalo {rule:quoted}: {quantity} de {productNumber:quoted} con el pedido.',
    pt: 'Oferta {rule:quoted}: {quantity} de {productNumber:quoted} com a encomenda.',
    ru: 'Подарок {rule:quoted}: {productNumber:quoted} с заказом, {quantity}.',
  },
  gift_withdrawn: {
    en: 'Gift {rule:quoted} ({productNumber:quoted}) is no longer part of the order.',
    de: 'Das Geschenk {rule:quoted} ({productNumber:quoted}) gehört nicht mehr zur Bestellung.',
    es: 'El regalo {rule:quoted} ({productNumber:quoted}) ya no forma parte del pedido.',
    pt: 'A oferta {rule:quoted} ({productNumber:quoted}) já não faz parte da encomenda.',
    ru: 'Подарок {rule:quoted} ({productNumber:quoted}) больше не в заказе.',
  },
};
