/** Words of the page of an order in the shop's administration. */
import { inLanguage } from '../../domain/in-language';

/** What became of what staff entered. */
export const ORDER_NOTICES = [
  'saved',
  'unknown_order',
  'unknown_line',
  'too_many_units',
  'wrong_number',
  'shop_unreachable',
] as const;
export type OrderNotice = (typeof ORDER_NOTICES)[number];

export interface OrderTexts {
  readonly find: string;
  readonly open: string;
  readonly enterLines: string;
  readonly back: string;
  readonly unknown: string;
  readonly redeemed: string;
  readonly refund: string;
  readonly help: string;
  readonly noLines: string;
  readonly product: string;
  readonly ordered: string;
  readonly cameBack: string;
  readonly save: string;
  readonly notice: Readonly<Record<OrderNotice, string>>;
}

const en: OrderTexts = {
  find: 'Order number',
  open: 'Open order',
  enterLines: 'Enter what came back',
  back: 'Back to the overview',
  unknown: 'The loyalty programme knows no order with this number.',
  redeemed: 'Redeemed',
  refund: 'What came back',
  help: 'Enter how many units of each line came back in all, also from earlier refunds. Points follow at once: earned ones are taken back, redeemed ones returned.',
  noLines: 'This order has no goods that could come back.',
  product: 'Product',
  ordered: 'Ordered',
  cameBack: 'Came back',
  save: 'Save',
  notice: {
    saved: 'Saved. The points below are those after the refund.',
    unknown_order: 'The loyalty programme knows no order with this number.',
    unknown_line: 'The order has changed meanwhile. Please check the lines below and enter them again.',
    too_many_units: 'More units came back than were ordered. Please correct the numbers.',
    wrong_number: 'Please enter whole numbers of units, 0 or more.',
    shop_unreachable: 'The shop could not be asked, and nothing was saved. Please try again in a minute.',
  },
};

const texts = {
  en,
  de: {
    find: 'Bestellnummer',
    open: 'Bestellung öffnen',
    enterLines: 'Rückgaben eintragen',
    back: 'Zurück zur Übersicht',
    unknown: 'Das Treueprogramm kennt keine Bestellung mit dieser Nummer.',
    redeemed: 'Eingelöst',
    refund: 'Zurückgegeben',
    help: 'Bitte je Position eintragen, wie viele Stück insgesamt zurückkamen, auch bei früheren Erstattungen. Die Punkte folgen sofort: Gesammelte werden abgezogen, eingelöste zurückgegeben.',
    noLines: 'Diese Bestellung hat keine Waren, die zurückkommen könnten.',
    product: 'Produkt',
    ordered: 'Bestellt',
    cameBack: 'Zurückgegeben',
    save: 'Speichern',
    notice: {
      saved: 'Gespeichert. Unten stehen die Punkte nach der Erstattung.',
      unknown_order: 'Das Treueprogramm kennt keine Bestellung mit dieser Nummer.',
      unknown_line: 'Die Bestellung hat sich inzwischen geändert. Bitte die Positionen unten prüfen und neu eintragen.',
      too_many_units: 'Es kamen mehr Stück zurück, als bestellt waren. Bitte die Zahlen berichtigen.',
      wrong_number: 'Bitte ganze Stückzahlen ab 0 eintragen.',
      shop_unreachable: 'Der Shop war nicht erreichbar, nichts wurde gespeichert. Bitte in einer Minute noch einmal versuchen.',
    },
  },
  es: {
    find: 'Número de pedido',
    open: 'Abrir pedido',
    enterLines: 'Indicar lo devuelto',
    back: 'Volver al resumen',
    unknown: 'El programa de fidelidad no conoce ningún pedido con este número.',
    redeemed: 'Canjeados',
    refund: 'Devuelto',
    help: 'Indique cuántas unidades de cada línea se han devuelto en total, también en reembolsos anteriores. Los puntos se ajustan al momento: se retiran los ganados y se devuelven los canjeados.',
    noLines: 'Este pedido no tiene artículos que se puedan devolver.',
    product: 'Producto',
    ordered: 'Pedido',
    cameBack: 'Devuelto',
    save: 'Guardar',
    notice: {
      saved: 'Guardado. Abajo están los puntos después del reembolso.',
      unknown_order: 'El programa de fidelidad no conoce ningún pedido con este número.',
      unknown_line: 'El pedido ha cambiado entretanto. Revise las líneas y vuelva a indicarlas.',
      too_many_units: 'Se han devuelto más unidades de las pedidas. Corrija las cantidades.',
      wrong_number: 'Indique unidades enteras, 0 o más.',
      shop_unreachable: 'No se pudo consultar la tienda y no se guardó nada. Inténtelo de nuevo en un minuto.',
    },
  },
  pt: {
    find: 'Número da encomenda',
    open: 'Abrir encomenda',
    enterLines: 'Indicar devoluções',
    back: 'Voltar ao resumo',
    unknown: 'O programa de fidelidade não conhece nenhuma encomenda com este número.',
    redeemed: 'Utilizados',
    refund: 'Devolvido',
    help: 'Indique quantas unidades de cada linha foram devolvidas no total, incluindo reembolsos anteriores. Os pontos acompanham de imediato: os ganhos são retirados e os utilizados devolvidos.',
    noLines: 'Esta encomenda não tem artigos que possam ser devolvidos.',
    product: 'Produto',
    ordered: 'Encomendado',
    cameBack: 'Devolvido',
    save: 'Guardar',
    notice: {
      saved: 'Guardado. Abaixo estão os pontos após o reembolso.',
      unknown_order: 'O programa de fidelidade não conhece nenhuma encomenda com este número.',
      unknown_line: 'A encomenda mudou entretanto. Verifique as linhas e indique-as de novo.',
      too_many_units: 'Foram devolvidas mais unidades do que as encomendadas. Corrija os números.',
      wrong_number: 'Indique unidades inteiras, 0 ou mais.',
      shop_unreachable: 'Não foi possível consultar a loja e nada foi guardado. Tente de novo dentro de um minuto.',
    },
  },
  ru: {
    find: 'Номер заказа',
    open: 'Открыть заказ',
    enterLines: 'Указать возврат',
    back: 'Назад к обзору',
    unknown: 'Программа лояльности не знает заказа с таким номером.',
    redeemed: 'Потрачено',
    refund: 'Возвращено',
    help: 'Укажите, сколько единиц каждой позиции вернули всего, включая прежние возвраты. Баллы изменятся сразу: начисленные будут списаны, потраченные возвращены.',
    noLines: 'В этом заказе нет товаров, которые можно вернуть.',
    product: 'Товар',
    ordered: 'Заказано',
    cameBack: 'Возвращено',
    save: 'Сохранить',
    notice: {
      saved: 'Сохранено. Ниже баллы после возврата.',
      unknown_order: 'Программа лояльности не знает заказа с таким номером.',
      unknown_line: 'Заказ за это время изменился. Проверьте позиции и укажите их снова.',
      too_many_units: 'Возвращено больше, чем заказано. Исправьте числа.',
      wrong_number: 'Укажите целое число единиц, 0 или больше.',
      shop_unreachable: 'Магазин не ответил, ничего не сохранено. Попробуйте через минуту.',
    },
  },
} satisfies Record<string, OrderTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function orderTexts(locale: string): OrderTexts {
  return inLanguage(texts, locale);
}
