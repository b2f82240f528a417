/** What a shopper reads when an order cannot be taken as it is. */

import { inLanguage } from '../../domain/in-language';
import { knownLanguage } from '../../domain/language';
import type { CheckoutDenial, NotYetOpen } from '../platform';

type Texts = Readonly<Record<CheckoutDenial, string>>;

const en: Texts = {
  log_in: 'Please log in to pay with points, or remove the points from your cart.',
  insufficient_points: 'You no longer have enough points for this discount. Please change the number of points in your cart.',
  points_already_used: 'These points were already used for another order. Please choose your points again in the cart.',
  points_being_checked: 'Your points are being checked. Please try again in a minute.',
  set_points_again: 'Your points were set some time ago. Please choose them again in the cart.',
  own_friend_code: 'You cannot use your own referral code. Please remove it from your cart.',
  friend_code_not_first: 'A referral code is for a first order only. Please remove it from your cart.',
  above_buyer_limit: 'These are more points than your company lets you use. Please choose fewer in your cart.',
  accept_terms: 'Please accept the terms of participation in your account first, or remove the points from your cart.',
  approval_needed:
    'Your company has to approve this many points first; we have asked for it. Until then, please choose fewer points in your cart.',
};

const texts = {
  en,
  de: {
    log_in: 'Bitte melde dich an, um mit Punkten zu zahlen, oder entferne die Punkte aus dem Warenkorb.',
    insufficient_points: 'Du hast nicht mehr genug Punkte für diesen Rabatt. Bitte ändere die Punktzahl im Warenkorb.',
    points_already_used: 'Diese Punkte wurden schon für eine andere Bestellung eingelöst. Bitte wähle sie im Warenkorb neu.',
    points_being_checked: 'Deine Punkte werden gerade geprüft. Bitte versuche es in einer Minute noch einmal.',
    set_points_again: 'Deine Punkte wurden vor längerer Zeit gewählt. Bitte wähle sie im Warenkorb neu.',
    own_friend_code: 'Dein eigener Empfehlungscode gilt nicht für dich. Bitte entferne ihn aus dem Warenkorb.',
    friend_code_not_first: 'Ein Empfehlungscode gilt nur für die erste Bestellung. Bitte entferne ihn aus dem Warenkorb.',
    above_buyer_limit: 'Das sind mehr Punkte, als du für deine Firma einlösen darfst. Bitte wähle im Warenkorb weniger.',
    accept_terms: 'Bitte akzeptiere erst die Teilnahmebedingungen in deinem Konto, oder entferne die Punkte aus dem Warenkorb.',
    approval_needed:
      'So viele Punkte muss deine Firma erst freigeben; die Anfrage ist gestellt. Bitte wähle bis dahin im Warenkorb weniger.',
  },
  es: {
    log_in: 'Inicia sesión para pagar con puntos o quita los puntos de la cesta.',
    insufficient_points: 'Ya no tienes puntos suficientes para este descuento. Cambia la cantidad de puntos en la cesta.',
    points_already_used: 'Estos puntos ya se usaron en otro pedido. Vuelve a elegir tus puntos en la cesta.',
    points_being_checked: 'Estamos comprobando tus puntos. Inténtalo de nuevo en un minuto.',
    set_points_again: 'Elegiste tus puntos hace tiempo. Vuelve a elegirlos en la cesta.',
    own_friend_code: 'No puedes usar tu propio código de recomendación. Quítalo de la cesta.',
    friend_code_not_first: 'Un código de recomendación solo vale para el primer pedido. Quítalo de la cesta.',
    above_buyer_limit: 'Son más puntos de los que tu empresa te permite usar. Elige menos en la cesta.',
    accept_terms: 'Acepta primero las condiciones de participación en tu cuenta o quita los puntos de la cesta.',
    approval_needed:
      'Tu empresa debe aprobar antes tantos puntos; ya lo hemos solicitado. Mientras tanto, elige menos en la cesta.',
  },
  pt: {
    log_in: 'Inicie sessão para pagar com pontos ou retire os pontos do carrinho.',
    insufficient_points: 'Já não tem pontos suficientes para este desconto. Altere o número de pontos no carrinho.',
    points_already_used: 'Estes pontos já foram usados noutra encomenda. Escolha novamente os seus pontos no carrinho.',
    points_being_checked: 'Os seus pontos estão a ser verificados. Tente novamente dentro de um minuto.',
    set_points_again: 'Os seus pontos foram escolhidos há algum tempo. Escolha-os novamente no carrinho.',
    own_friend_code: 'Não pode usar o seu próprio código de recomendação. Retire-o do carrinho.',
    friend_code_not_first: 'Um código de recomendação só é válido para a primeira encomenda. Retire-o do carrinho.',
    above_buyer_limit: 'São mais pontos do que a sua empresa lhe permite usar. Escolha menos no carrinho.',
    accept_terms: 'Aceite primeiro as condições de participação na sua conta ou retire os pontos do carrinho.',
    approval_needed:
      'A sua empresa tem de aprovar primeiro tantos pontos; o pedido já foi feito. Até lá, escolha menos no carrinho.',
  },
  ru: {
    log_in: 'Войдите, чтобы оплатить баллами, или уберите баллы из корзины.',
    insufficient_points: 'Баллов для этой скидки больше не хватает. Измените количество баллов в корзине.',
    points_already_used: 'Эти баллы уже использованы в другом заказе. Выберите баллы в корзине заново.',
    points_being_checked: 'Ваши баллы проверяются. Попробуйте ещё раз через минуту.',
    set_points_again: 'Баллы были выбраны давно. Выберите их в корзине заново.',
    own_friend_code: 'Свой код приглашения использовать нельзя. Уберите его из корзины.',
    friend_code_not_first: 'Код приглашения действует только для первого заказа. Уберите его из корзины.',
    above_buyer_limit: 'Это больше баллов, чем вам разрешает компания. Выберите в корзине меньше.',
    accept_terms: 'Сначала примите условия участия в личном кабинете или уберите баллы из корзины.',
    approval_needed: 'Столько баллов сначала должна одобрить компания; запрос уже отправлен. Пока выберите в корзине меньше.',
  },
} satisfies Record<string, Texts>;

const notYetOpen = {
  en: '{product} is open to {tiers} only for now. It opens for you on {date}. Until then, please remove it from your cart.',
  de: '{product} ist vorerst nur für {tiers} freigegeben. Für dich öffnet es am {date}. Bitte entferne es bis dahin aus dem Warenkorb.',
  es: '{product} está disponible por ahora solo para {tiers}. Para ti se abre el {date}. Hasta entonces, quítalo de la cesta.',
  pt: '{product} está por agora disponível só para {tiers}. Para si abre a {date}. Até lá, retire-o do carrinho.',
  ru: '{product} пока доступен только для {tiers}. Для вас откроется {date}. До тех пор уберите его из корзины.',
};

export function notYetOpenText({ product, tiers, opensAt, timeZone }: NotYetOpen, locale: string): string {
  const language = knownLanguage(locale) ?? 'en';
  const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const values: Readonly<Record<string, string>> = { product, tiers: tiers.join(', '), date: date.format(Date.parse(opensAt)) };
  return notYetOpen[language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** @param locale as Shopware sends it, e.g. `de-DE`; English when there is no text in it */
export function denialText(denial: CheckoutDenial, locale: string): string {
  return inLanguage(texts, locale)[denial];
}
