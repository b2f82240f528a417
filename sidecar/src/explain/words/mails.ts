/** What mails of ours say. Paragraphs are parted by an empty line; one whose figure is absent is left out. */
import type { NoticeKind } from '../../domain/milestone';
import type { Language, Words } from '../language';

interface MailWords {
  readonly subject: Words;
  readonly body: Words;
}

export const MAIL_WORDS: Readonly<Record<NoticeKind, MailWords>> = {
  welcome: {
    subject: {
      en: 'Welcome to {programme}',
      de: 'Willkommen bei {programme}',
      es: 'Te damos la bienvenida a {programme}',
      pt: 'Bem-vindo a {programme}',
      ru: 'Добро пожаловать в {programme}',
    },
    body: {
      en: 'Good to have you with us.\n\nTo begin with you get: {points}.',
      de: 'Schön, dass du dabei bist.\n\nZum Start bekommst du: {points}.',
      es: 'Nos alegra que estés con nosotros.\n\nPara empezar recibes: {points}.',
      pt: 'Que bom tê-lo connosco.\n\nPara começar recebe: {points}.',
      ru: 'Мы рады, что вы с нами.\n\nДля начала вы получаете: {points}.',
    },
  },
  points_available: {
    subject: {
      en: '{points} for you',
      de: '{points} für dich',
      es: '{points} para ti',
      pt: '{points} para si',
      ru: 'Вам начислено: {points}',
    },
    body: {
      en: 'You can use them from now on.\n\nThey are from your order {orderNumber}.\n\nYou now have {balance} in all.',
      de: 'Du kannst sie ab jetzt einlösen.\n\nSie sind aus deiner Bestellung {orderNumber}.\n\nInsgesamt hast du nun {balance}.',
      es: 'Ya puedes usarlos.\n\nSon de tu pedido {orderNumber}.\n\nAhora tienes {balance} en total.',
      pt: 'Já os pode usar.\n\nSão da sua encomenda {orderNumber}.\n\nTem agora {balance} no total.',
      ru: 'Их уже можно использовать.\n\nОни начислены за заказ {orderNumber}.\n\nВсего у вас теперь {balance}.',
    },
  },
  points_expiring: {
    subject: {
      en: '{points} expire soon',
      de: '{points} verfallen bald',
      es: '{points} caducan pronto',
      pt: '{points} expiram em breve',
      ru: 'Скоро сгорит: {points}',
    },
    body: {
      en: 'On {expiresAt} {points} of yours will expire. Use them before then.',
      de: 'Am {expiresAt} verfallen {points}. Löse sie vorher ein.',
      es: 'El {expiresAt} caducan {points}. Úsalos antes.',
      pt: 'A {expiresAt} expiram {points}. Use-os antes.',
      ru: '{expiresAt} у вас сгорит {points}. Успейте использовать.',
    },
  },
  tier_reached: {
    subject: {
      en: 'You have reached {tier}',
      de: 'Du hast {tier} erreicht',
      es: 'Has alcanzado {tier}',
      pt: 'Alcançou {tier}',
      ru: 'Ваш новый уровень: {tier}',
    },
    body: {
      en: 'Congratulations! From now on you have all benefits of {tier}.',
      de: 'Glückwunsch! Ab jetzt hast du alle Vorteile von {tier}.',
      es: '¡Enhorabuena! Desde ahora tienes todas las ventajas de {tier}.',
      pt: 'Parabéns! A partir de agora tem todas as vantagens de {tier}.',
      ru: 'Поздравляем! Теперь вам доступны все преимущества уровня {tier}.',
    },
  },
  tier_at_risk: {
    subject: {
      en: 'Keep {tier}',
      de: 'Behalte {tier}',
      es: 'Conserva {tier}',
      pt: 'Mantenha {tier}',
      ru: 'Сохраните уровень {tier}',
    },
    body: {
      en: 'Without a purchase you will lose {tier} in {days}.\n\nYou would then be {nextTier}.',
      de: 'Ohne einen Einkauf verlierst du {tier} in {days}.\n\nDanach wärst du {nextTier}.',
      es: 'Sin una compra perderás {tier} en {days}.\n\nPasarías a {nextTier}.',
      pt: 'Sem uma compra perde {tier} em {days}.\n\nPassaria a {nextTier}.',
      ru: 'Без покупок вы потеряете уровень {tier} через {days}.\n\nВаш уровень тогда будет {nextTier}.',
    },
  },
  referral_rewarded: {
    subject: {
      en: 'Thank you for recommending us',
      de: 'Danke für deine Empfehlung',
      es: 'Gracias por recomendarnos',
      pt: 'Obrigado por nos recomendar',
      ru: 'Спасибо за рекомендацию',
    },
    body: {
      en: 'A friend of yours has bought from us. You get {points}.',
      de: 'Eine Freundin oder ein Freund von dir hat bei uns eingekauft. Du bekommst {points}.',
      es: 'Alguien a quien nos recomendaste ha comprado. Recibes {points}.',
      pt: 'Alguém a quem nos recomendou fez uma compra. Recebe {points}.',
      ru: 'Ваш друг сделал покупку. Вы получаете {points}.',
    },
  },
  voucher_granted: {
    subject: {
      en: 'Your voucher: {value}',
      de: 'Dein Gutschein: {value}',
      es: 'Tu vale: {value}',
      pt: 'O seu vale: {value}',
      ru: 'Ваш купон: {value}',
    },
    body: {
      en: 'Your code: {code}\n\nIt takes {value} off your order.\n\nIt asks for goods of at least {minimumMinor}.\n\nIt is valid until {expiresAt}.',
      de: 'Dein Code: {code}\n\nDamit sparst du {value}.\n\nEr gilt ab einem Warenwert von {minimumMinor}.\n\nEr gilt bis {expiresAt}.',
      es: 'Tu código: {code}\n\nTe descuenta {value}.\n\nEs válido a partir de {minimumMinor} en productos.\n\nEs válido hasta el {expiresAt}.',
      pt: 'O seu código: {code}\n\nDá-lhe um desconto de {value}.\n\nÉ válido a partir de {minimumMinor} em artigos.\n\nÉ válido até {expiresAt}.',
      ru: 'Ваш код: {code}\n\nСкидка: {value}.\n\nДействует при покупке от {minimumMinor}.\n\nДействует до {expiresAt}.',
    },
  },
  voucher_expiring: {
    subject: {
      en: 'Your voucher over {value} expires soon',
      de: 'Dein Gutschein über {value} läuft bald ab',
      es: 'Tu vale de {value} caduca pronto',
      pt: 'O seu vale de {value} expira em breve',
      ru: 'Ваш купон на {value} скоро истечёт',
    },
    body: {
      en: 'Your code: {code}\n\nIt is valid until {expiresAt}.\n\nIt asks for goods of at least {minimumMinor}.',
      de: 'Dein Code: {code}\n\nEr gilt bis {expiresAt}.\n\nEr gilt ab einem Warenwert von {minimumMinor}.',
      es: 'Tu código: {code}\n\nEs válido hasta el {expiresAt}.\n\nEs válido a partir de {minimumMinor} en productos.',
      pt: 'O seu código: {code}\n\nÉ válido até {expiresAt}.\n\nÉ válido a partir de {minimumMinor} em artigos.',
      ru: 'Ваш код: {code}\n\nДействует до {expiresAt}.\n\nДействует при покупке от {minimumMinor}.',
    },
  },
  occasion_rewarded: {
    subject: {
      en: 'A present for you: {occasion}',
      de: 'Ein Geschenk für dich: {occasion}',
      es: 'Un regalo para ti: {occasion}',
      pt: 'Um presente para si: {occasion}',
      ru: 'Подарок для вас: {occasion}',
    },
    body: {
      en: 'All the best! You get {points}.',
      de: 'Alles Gute! Du bekommst {points}.',
      es: '¡Felicidades! Recibes {points}.',
      pt: 'Parabéns! Recebe {points}.',
      ru: 'Поздравляем! Вы получаете {points}.',
    },
  },
  lead_confirmation_requested: {
    subject: {
      en: 'Please confirm your address',
      de: 'Bitte bestätige deine Adresse',
      es: 'Confirma tu dirección',
      pt: 'Confirme o seu endereço',
      ru: 'Подтвердите ваш адрес',
    },
    body: {
      en: 'Please confirm that this address is yours:\n\n{url}\n\nThe link is valid until {expiresAt}.\n\nWas it not you? Then do nothing, and you will hear no more from us.',
      de: 'Bitte bestätige, dass diese Adresse dir gehört:\n\n{url}\n\nDer Link gilt bis {expiresAt}.\n\nDu warst das nicht? Dann musst du nichts tun und hörst nichts mehr von uns.',
      es: 'Confirma que esta dirección es tuya:\n\n{url}\n\nEl enlace es válido hasta el {expiresAt}.\n\n¿No fuiste tú? Entonces no hagas nada y no te escribiremos más.',
      pt: 'Confirme que este endereço é seu:\n\n{url}\n\nA ligação é válida até {expiresAt}.\n\nNão foi você? Então não faça nada e não lhe escreveremos mais.',
      ru: 'Подтвердите, что это ваш адрес:\n\n{url}\n\nСсылка действует до {expiresAt}.\n\nЭто были не вы? Тогда ничего не делайте, и мы больше не напишем.',
    },
  },
  challenge_completed: {
    subject: {
      en: 'Done: {challenge}',
      de: 'Geschafft: {challenge}',
      es: 'Conseguido: {challenge}',
      pt: 'Conseguido: {challenge}',
      ru: 'Выполнено: {challenge}',
    },
    body: {
      en: 'Congratulations, you have completed “{challenge}”.\n\nYou get {points}.',
      de: 'Glückwunsch, du hast „{challenge}“ geschafft.\n\nDu bekommst {points}.',
      es: 'Enhorabuena, has completado «{challenge}».\n\nRecibes {points}.',
      pt: 'Parabéns, completou «{challenge}».\n\nRecebe {points}.',
      ru: 'Поздравляем, вы выполнили «{challenge}».\n\nВы получаете {points}.',
    },
  },
  badge_earned: {
    subject: {
      en: 'A new badge: {badge}',
      de: 'Ein neues Abzeichen: {badge}',
      es: 'Una insignia nueva: {badge}',
      pt: 'Um novo distintivo: {badge}',
      ru: 'Новый значок: {badge}',
    },
    body: {
      en: 'You have earned “{badge}”. It is now in your account.',
      de: 'Du hast „{badge}“ verdient. Du findest es in deinem Konto.',
      es: 'Has ganado «{badge}». Ya está en tu cuenta.',
      pt: 'Ganhou «{badge}». Já está na sua conta.',
      ru: 'Вы получили «{badge}». Он уже в вашем кабинете.',
    },
  },
  segment_entered: {
    subject: {
      en: 'News for you from {programme}',
      de: 'Neues für dich von {programme}',
      es: 'Novedades para ti de {programme}',
      pt: 'Novidades para si de {programme}',
      ru: 'Новости для вас от {programme}',
    },
    body: {
      en: 'You now belong to “{name}”.',
      de: 'Du gehörst jetzt zu „{name}“.',
      es: 'Ahora formas parte de «{name}».',
      pt: 'Agora faz parte de «{name}».',
      ru: 'Теперь вы в группе «{name}».',
    },
  },
  segment_left: {
    subject: {
      en: 'News for you from {programme}',
      de: 'Neues für dich von {programme}',
      es: 'Novedades para ti de {programme}',
      pt: 'Novidades para si de {programme}',
      ru: 'Новости для вас от {programme}',
    },
    body: {
      en: 'You no longer belong to “{name}”.',
      de: 'Du gehörst nicht mehr zu „{name}“.',
      es: 'Ya no formas parte de «{name}».',
      pt: 'Já não faz parte de «{name}».',
      ru: 'Вы больше не в группе «{name}».',
    },
  },
  reward_redeemed: {
    subject: {
      en: 'Your reward: {reward}',
      de: 'Deine Prämie: {reward}',
      es: 'Tu recompensa: {reward}',
      pt: 'A sua recompensa: {reward}',
      ru: 'Ваша награда: {reward}',
    },
    body: {
      en: 'You have got “{reward}” for {points}.\n\nYour code: {code}',
      de: 'Du hast „{reward}“ für {points} bekommen.\n\nDein Code: {code}',
      es: 'Has conseguido «{reward}» por {points}.\n\nTu código: {code}',
      pt: 'Obteve «{reward}» por {points}.\n\nO seu código: {code}',
      ru: 'Вы получили «{reward}» за {points}.\n\nВаш код: {code}',
    },
  },
  approval_requested: {
    subject: {
      en: 'Please approve: {subject}',
      de: 'Bitte freigeben: {subject}',
      es: 'Pendiente de aprobar: {subject}',
      pt: 'Por aprovar: {subject}',
      ru: 'Требуется согласование: {subject}',
    },
    body: {
      en: 'An approval is asked of you: {subject}.\n\nIt is about {points}.\n\nAsked by: {requestedBy}',
      de: 'Du wirst um eine Freigabe gebeten: {subject}.\n\nEs geht um {points}.\n\nGefragt hat: {requestedBy}',
      es: 'Se te pide una aprobación: {subject}.\n\nSe trata de {points}.\n\nLo pide: {requestedBy}',
      pt: 'Pedem-lhe uma aprovação: {subject}.\n\nTrata-se de {points}.\n\nPedido por: {requestedBy}',
      ru: 'Вас просят согласовать: {subject}.\n\nРечь о: {points}.\n\nЗапрос от: {requestedBy}',
    },
  },
  approval_decided: {
    subject: {
      en: 'Decided: {subject}',
      de: 'Entschieden: {subject}',
      es: 'Decidido: {subject}',
      pt: 'Decidido: {subject}',
      ru: 'Решение принято: {subject}',
    },
    body: {
      en: 'Your request: {subject}. The answer: {outcome}.\n\nIt was about {points}.',
      de: 'Deine Anfrage: {subject}. Die Antwort: {outcome}.\n\nEs ging um {points}.',
      es: 'Tu solicitud: {subject}. La respuesta: {outcome}.\n\nSe trataba de {points}.',
      pt: 'O seu pedido: {subject}. A resposta: {outcome}.\n\nTratava-se de {points}.',
      ru: 'Ваш запрос: {subject}. Ответ: {outcome}.\n\nРечь шла о: {points}.',
    },
  },
  membership_started: {
    subject: {
      en: 'Your membership: {plan}',
      de: 'Deine Mitgliedschaft: {plan}',
      es: 'Tu membresía: {plan}',
      pt: 'A sua adesão: {plan}',
      ru: 'Ваше членство: {plan}',
    },
    body: {
      en: '“{plan}” has begun.\n\nIt lasts until {endsAt}.',
      de: '„{plan}“ hat begonnen.\n\nSie läuft bis {endsAt}.',
      es: '«{plan}» ha comenzado.\n\nDura hasta el {endsAt}.',
      pt: '«{plan}» começou.\n\nDura até {endsAt}.',
      ru: '«{plan}»: членство началось.\n\nОно действует до {endsAt}.',
    },
  },
  membership_ended: {
    subject: {
      en: '{plan} has ended',
      de: '{plan} ist zu Ende',
      es: '{plan} ha terminado',
      pt: '{plan} terminou',
      ru: '{plan}: членство закончилось',
    },
    body: {
      en: '“{plan}” ended on {endedAt}. You can buy it again at any time.',
      de: '„{plan}“ ist am {endedAt} zu Ende gegangen. Du kannst sie jederzeit wieder kaufen.',
      es: '«{plan}» terminó el {endedAt}. Puedes comprarla de nuevo cuando quieras.',
      pt: '«{plan}» terminou a {endedAt}. Pode comprá-la de novo quando quiser.',
      ru: '«{plan}»: членство закончилось {endedAt}. Его можно купить снова в любое время.',
    },
  },
  membership_ending: {
    subject: {
      en: '{plan} ends soon',
      de: '{plan} endet bald',
      es: '{plan} termina pronto',
      pt: '{plan} termina em breve',
      ru: '{plan}: скоро заканчивается',
    },
    body: {
      en: '“{plan}” ends on {endsAt}. Buy it again to keep its benefits.',
      de: '„{plan}“ endet am {endsAt}. Kaufe sie erneut, um die Vorteile zu behalten.',
      es: '«{plan}» termina el {endsAt}. Cómprala de nuevo para conservar sus ventajas.',
      pt: '«{plan}» termina a {endsAt}. Compre-a de novo para manter as vantagens.',
      ru: '«{plan}» заканчивается {endsAt}. Продлите, чтобы сохранить преимущества.',
    },
  },
};

/** How every mail begins, and what stands below those that need consent. */
export const MAIL_FRAME = {
  greeting: {
    en: 'Hello {firstName},',
    de: 'Hallo {firstName},',
    es: 'Hola, {firstName}:',
    pt: 'Olá, {firstName},',
    ru: 'Здравствуйте, {firstName}!',
  },
  plainGreeting: { en: 'Hello,', de: 'Hallo,', es: 'Hola:', pt: 'Olá,', ru: 'Здравствуйте!' },
  unsubscribe: {
    en: 'No longer want such messages? Unsubscribe:',
    de: 'Du möchtest solche Nachrichten nicht mehr? Abmelden:',
    es: '¿Ya no quieres estos mensajes? Darse de baja:',
    pt: 'Já não quer estas mensagens? Cancelar:',
    ru: 'Не хотите получать такие сообщения? Отписаться:',
  },
  unsubscribeLink: { en: 'Unsubscribe', de: 'Abmelden', es: 'Darse de baja', pt: 'Cancelar', ru: 'Отписаться' },
} as const satisfies Readonly<Record<string, Words>>;

/** What is read at the end of an unsubscribe link. */
export const UNSUBSCRIBE_WORDS: Readonly<
  Record<Language, Readonly<Record<'title' | 'question' | 'button' | 'done' | 'unknown', string>>>
> = {
  en: {
    title: 'Unsubscribe',
    question:
      'Would you like to get no more reminders and offers of the loyalty programme? We still tell you what happens to your points.',
    button: 'Unsubscribe',
    done: 'Done. You will get no more reminders and offers.',
    unknown: 'This link is not valid. Please use the one in the latest mail.',
  },
  de: {
    title: 'Abmelden',
    question:
      'Möchtest du keine Erinnerungen und Angebote des Treueprogramms mehr bekommen? Was mit deinen Punkten geschieht, sagen wir dir weiterhin.',
    button: 'Abmelden',
    done: 'Erledigt. Du bekommst keine Erinnerungen und Angebote mehr.',
    unknown: 'Dieser Link ist nicht gültig. Bitte nimm den aus der neuesten Mail.',
  },
  es: {
    title: 'Darse de baja',
    question:
      '¿Ya no quieres recibir recordatorios ni ofertas del programa de fidelidad? Seguiremos informándote de lo que pase con tus puntos.',
    button: 'Darse de baja',
    done: 'Hecho. No recibirás más recordatorios ni ofertas.',
    unknown: 'Este enlace no es válido. Usa el del último correo.',
  },
  pt: {
    title: 'Cancelar',
    question:
      'Já não quer receber lembretes e ofertas do programa de fidelidade? Continuaremos a dizer-lhe o que acontece aos seus pontos.',
    button: 'Cancelar',
    done: 'Feito. Não receberá mais lembretes nem ofertas.',
    unknown: 'Esta ligação não é válida. Use a do último e-mail.',
  },
  ru: {
    title: 'Отписаться',
    question:
      'Больше не получать напоминания и предложения программы лояльности? О том, что происходит с вашими баллами, мы по-прежнему сообщим.',
    button: 'Отписаться',
    done: 'Готово. Напоминаний и предложений больше не будет.',
    unknown: 'Эта ссылка недействительна. Воспользуйтесь ссылкой из последнего письма.',
  },
};
