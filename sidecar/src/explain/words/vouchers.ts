import type { ReasonTable } from '../reason-words';

/** Vouchers: who gets one, and what orders do with it. */
export const voucherWords: ReasonTable = {
  next_purchase: {
    en: 'The order earns a voucher; its goods are worth {goodsMinor}.',
    de: 'Die Bestellung bringt einen Gutschein; ihr Warenwert ist {goodsMinor}.',
    es: 'El pedido da un vale; su mercancía vale {goodsMinor}.',
    pt: 'A encomenda dá um vale; os seus artigos valem {goodsMinor}.',
    ru: 'Заказ приносит купон; товаров на {goodsMinor}.',
  },
  next_purchase_outside_dates: {
    en: 'It was ordered on {at:date}, outside the dates of the offer.',
    de: 'Bestellt am {at:date}, außerhalb des Zeitraums der Aktion.',
    es: 'Se pidió el {at:date}, fuera de las fechas de la oferta.',
    pt: 'Foi encomendado em {at:date}, fora das datas da oferta.',
    ru: 'Заказано {at:date}, вне срока акции.',
  },
  next_purchase_other_tier: {
    en: 'The offer is for other tiers; the tier was {tier:tier}.',
    de: 'Die Aktion gilt für andere Stufen; die Stufe war {tier:tier}.',
    es: 'La oferta es para otros niveles; el nivel era {tier:tier}.',
    pt: 'A oferta é para outros níveis; o nível era {tier:tier}.',
    ru: 'Акция для других уровней; уровень был {tier:tier}.',
  },
  next_purchase_other_channel: {
    en: 'The offer is for another shop or channel.',
    de: 'Die Aktion gilt für einen anderen Shop oder Kanal.',
    es: 'La oferta es para otra tienda o canal.',
    pt: 'A oferta é para outra loja ou canal.',
    ru: 'Акция для другого магазина или канала.',
  },
  next_purchase_other_segment: {
    en: 'The offer is for other customers.',
    de: 'Die Aktion gilt für andere Kunden.',
    es: 'La oferta es para otros clientes.',
    pt: 'A oferta é para outros clientes.',
    ru: 'Акция для других покупателей.',
  },
  next_purchase_below_minimum: {
    en: 'The order kept goods for {goodsMinor}, below {minimumMinor}.',
    de: 'Der Bestellung blieben Waren für {goodsMinor}, weniger als {minimumMinor}.',
    es: 'Al pedido le quedó mercancía por {goodsMinor}, menos de {minimumMinor}.',
    pt: 'A encomenda ficou com artigos por {goodsMinor}, menos de {minimumMinor}.',
    ru: 'В заказе осталось товаров на {goodsMinor}, меньше {minimumMinor}.',
  },
  next_purchase_limit_reached: {
    en: 'The limit of vouchers is reached: {given} of {limitPerMember}.',
    de: 'Die Höchstzahl der Gutscheine ist erreicht: {given} von {limitPerMember}.',
    es: 'Se alcanzó el límite de vales: {given} de {limitPerMember}.',
    pt: 'O limite de vales foi atingido: {given} de {limitPerMember}.',
    ru: 'Предел купонов достигнут: {given} из {limitPerMember}.',
  },
  next_purchase_without_account: {
    en: 'A guest has no account to keep a voucher in.',
    de: 'Ein Gast hat kein Konto für einen Gutschein.',
    es: 'Un invitado no tiene cuenta donde guardar un vale.',
    pt: 'Um convidado não tem conta onde guardar um vale.',
    ru: 'У гостя нет счёта для купона.',
  },
  voucher_used: {
    en: 'Order {order} used the voucher.',
    de: 'Bestellung {order} hat den Gutschein eingelöst.',
    es: 'El pedido {order} usó el vale.',
    pt: 'A encomenda {order} usou o vale.',
    ru: 'Заказ {order} использовал купон.',
  },
  voucher_used_before: {
    en: 'Order {order} has the voucher too, but another one had used it.',
    de: 'Auch Bestellung {order} hat den Gutschein, doch eine andere hatte ihn schon eingelöst.',
    es: 'El pedido {order} también tiene el vale, pero otro ya lo había usado.',
    pt: 'A encomenda {order} também tem o vale, mas outra já o tinha usado.',
    ru: 'Купон есть и в заказе {order}, но его уже использовал другой.',
  },
  voucher_returned: {
    en: 'Order {order} gave the voucher back.',
    de: 'Bestellung {order} hat den Gutschein zurückgegeben.',
    es: 'El pedido {order} devolvió el vale.',
    pt: 'A encomenda {order} devolveu o vale.',
    ru: 'Заказ {order} вернул купон.',
  },
  welcome_voucher: {
    en: 'Welcome: a voucher of {voucher} for joining.',
    de: 'Willkommen: ein Gutschein über {voucher} für die Anmeldung.',
    es: 'Bienvenida: un vale de {voucher} por registrarse.',
    pt: 'Boas-vindas: um vale de {voucher} pelo registo.',
    ru: 'Добро пожаловать: купон на {voucher} за регистрацию.',
  },
};
