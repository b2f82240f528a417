/** What the pages of the form say around the merchant's own text. */
export interface LeadTexts {
  readonly title: string;
  readonly email: string;
  readonly submit: string;
  readonly trap: string;
  readonly wrongEmail: string;
  readonly notAgreed: string;
  readonly tooMany: string;
  readonly missing: string;
  readonly askedTitle: string;
  readonly asked: string;
  readonly confirmTitle: string;
  readonly confirm: string;
  readonly confirmButton: string;
  readonly doneTitle: string;
  readonly done: string;
  readonly doneMember: string;
  readonly expired: string;
  readonly badLink: string;
  readonly back: string;
}

export const leadTexts = {
  en: {
    title: 'Sign up',
    email: 'E-mail address',
    submit: 'Sign up',
    trap: 'Leave this field empty',
    wrongEmail: 'Please enter an e-mail address.',
    notAgreed: 'Please tick the box if you agree.',
    tooMany: 'Too many requests came from your connection. Please try again tomorrow.',
    missing: 'There is no form here.',
    askedTitle: 'Please look at your mail',
    asked: 'If we may write to this address, a mail with a link is on its way. You are signed up when you have confirmed it.',
    confirmTitle: 'One more step',
    confirm: 'Please confirm that you want to sign up.',
    confirmButton: 'Yes, sign me up',
    doneTitle: 'Thank you',
    done: 'Your address is confirmed. Register in the shop with it: what we promised will be in your account.',
    doneMember: 'Your address is confirmed. What is yours is in your account in the shop.',
    expired: 'This link has expired. Please sign up again.',
    badLink: 'This link is not valid. Please take the one from your latest mail.',
    back: 'To the shop',
  },
  de: {
    title: 'Anmelden',
    email: 'E-Mail-Adresse',
    submit: 'Anmelden',
    trap: 'Dieses Feld leer lassen',
    wrongEmail: 'Bitte gib eine E-Mail-Adresse ein.',
    notAgreed: 'Bitte setze den Haken, wenn du einverstanden bist.',
    tooMany: 'Von deinem Anschluss kamen zu viele Anfragen. Bitte versuche es morgen wieder.',
    missing: 'Hier gibt es kein Formular.',
    askedTitle: 'Bitte sieh in deine Mails',
    asked:
      'Wenn wir an diese Adresse schreiben dürfen, ist eine Mail mit einem Link unterwegs. Mit der Bestätigung bist du angemeldet.',
    confirmTitle: 'Nur noch ein Schritt',
    confirm: 'Bitte bestätige, dass du dich anmelden möchtest.',
    confirmButton: 'Ja, anmelden',
    doneTitle: 'Danke',
    done: 'Deine Adresse ist bestätigt. Registriere dich im Shop mit ihr: Was wir versprochen haben, liegt dann in deinem Konto.',
    doneMember: 'Deine Adresse ist bestätigt. Was dir gehört, liegt in deinem Konto im Shop.',
    expired: 'Dieser Link ist abgelaufen. Bitte melde dich noch einmal an.',
    badLink: 'Dieser Link ist nicht gültig. Bitte nimm den aus deiner neuesten Mail.',
    back: 'Zum Shop',
  },
  es: {
    title: 'Apúntate',
    email: 'Correo electrónico',
    submit: 'Apuntarme',
    trap: 'Deja este campo vacío',
    wrongEmail: 'Escribe una dirección de correo.',
    notAgreed: 'Marca la casilla si estás de acuerdo.',
    tooMany: 'Llegaron demasiadas solicitudes desde tu conexión. Inténtalo mañana.',
    missing: 'Aquí no hay ningún formulario.',
    askedTitle: 'Mira tu correo',
    asked: 'Si podemos escribir a esta dirección, un correo con un enlace está en camino. Quedarás apuntado cuando lo confirmes.',
    confirmTitle: 'Un paso más',
    confirm: 'Confirma que quieres apuntarte.',
    confirmButton: 'Sí, apuntarme',
    doneTitle: 'Gracias',
    done: 'Tu dirección está confirmada. Regístrate con ella en la tienda: lo prometido estará en tu cuenta.',
    doneMember: 'Tu dirección está confirmada. Lo tuyo está en tu cuenta de la tienda.',
    expired: 'Este enlace ha caducado. Apúntate de nuevo.',
    badLink: 'Este enlace no es válido. Usa el de tu último correo.',
    back: 'A la tienda',
  },
  pt: {
    title: 'Inscreva-se',
    email: 'Endereço de e-mail',
    submit: 'Inscrever-me',
    trap: 'Deixe este campo vazio',
    wrongEmail: 'Indique um endereço de e-mail.',
    notAgreed: 'Marque a caixa se concorda.',
    tooMany: 'Chegaram demasiados pedidos da sua ligação. Tente novamente amanhã.',
    missing: 'Não há nenhum formulário aqui.',
    askedTitle: 'Veja o seu e-mail',
    asked: 'Se pudermos escrever para este endereço, um e-mail com uma ligação está a caminho. Fica inscrito quando o confirmar.',
    confirmTitle: 'Só mais um passo',
    confirm: 'Confirme que se quer inscrever.',
    confirmButton: 'Sim, inscrever-me',
    doneTitle: 'Obrigado',
    done: 'O seu endereço está confirmado. Registe-se na loja com ele: o que prometemos estará na sua conta.',
    doneMember: 'O seu endereço está confirmado. O que é seu está na sua conta da loja.',
    expired: 'Esta ligação expirou. Inscreva-se de novo.',
    badLink: 'Esta ligação não é válida. Use a do seu e-mail mais recente.',
    back: 'Para a loja',
  },
  ru: {
    title: 'Подписаться',
    email: 'Адрес эл. почты',
    submit: 'Подписаться',
    trap: 'Оставьте это поле пустым',
    wrongEmail: 'Укажите адрес электронной почты.',
    notAgreed: 'Поставьте галочку, если согласны.',
    tooMany: 'С вашего подключения пришло слишком много запросов. Попробуйте завтра.',
    missing: 'Здесь нет формы.',
    askedTitle: 'Проверьте почту',
    asked: 'Если на этот адрес можно писать, письмо со ссылкой уже отправлено. Подписка начнётся после подтверждения.',
    confirmTitle: 'Остался один шаг',
    confirm: 'Подтвердите, что хотите подписаться.',
    confirmButton: 'Да, подписаться',
    doneTitle: 'Спасибо',
    done: 'Адрес подтверждён. Зарегистрируйтесь с ним в магазине: обещанное будет в личном кабинете.',
    doneMember: 'Адрес подтверждён. Всё ваше — в личном кабинете магазина.',
    expired: 'Ссылка устарела. Подпишитесь ещё раз.',
    badLink: 'Ссылка недействительна. Возьмите её из последнего письма.',
    back: 'В магазин',
  },
} satisfies Record<string, LeadTexts>;
