import type { Language } from '../../explain/language';

/** What the pages of quizzes and surveys say; figures in braces. */
export interface TakePartTexts {
  readonly title: string;
  readonly none: string;
  readonly points: string;
  readonly perRight: string;
  readonly attempts: string;
  readonly done: string;
  readonly send: string;
  readonly optional: string;
  readonly severalRight: string;
  readonly recommendScale: string;
  readonly missing: string;
  readonly correct: string;
  readonly given: string;
  readonly notGiven: string;
  readonly again: string;
  readonly all: string;
  readonly back: string;
  readonly gone: string;
  readonly badLink: string;
}

export const takePartTexts: Readonly<Record<Language, TakePartTexts>> = {
  en: {
    title: 'Take part',
    none: 'There is nothing to take part in at the moment.',
    points: 'Points: {points}',
    perRight: 'and {points} for each right answer',
    attempts: 'Attempts left: {count}',
    done: 'You have already taken part.',
    send: 'Send answers',
    optional: 'optional',
    severalRight: 'Several answers may be right.',
    recommendScale: '0 = not at all likely, 10 = extremely likely',
    missing: 'Please answer this question.',
    correct: 'Please answer all questions that are marked.',
    given: 'Thank you! You get {points} points.',
    notGiven: 'Thank you! There are no points this time.',
    again: 'Try again',
    all: 'All quizzes and surveys',
    back: 'Back to the shop',
    gone: 'This is not there any more.',
    badLink: 'This link is not valid. Please open it again from your account in the shop.',
  },
  de: {
    title: 'Mitmachen',
    none: 'Im Moment gibt es nichts zum Mitmachen.',
    points: 'Punkte: {points}',
    perRight: 'und {points} für jede richtige Antwort',
    attempts: 'Versuche übrig: {count}',
    done: 'Du hast schon mitgemacht.',
    send: 'Antworten abschicken',
    optional: 'freiwillig',
    severalRight: 'Mehrere Antworten können richtig sein.',
    recommendScale: '0 = sehr unwahrscheinlich, 10 = sehr wahrscheinlich',
    missing: 'Bitte beantworte diese Frage.',
    correct: 'Bitte beantworte alle markierten Fragen.',
    given: 'Danke! Du bekommst {points} Punkte.',
    notGiven: 'Danke! Diesmal gibt es keine Punkte.',
    again: 'Noch einmal versuchen',
    all: 'Alle Quiz und Umfragen',
    back: 'Zurück zum Shop',
    gone: 'Das gibt es nicht mehr.',
    badLink: 'Dieser Link ist nicht gültig. Bitte öffne ihn noch einmal über dein Konto im Shop.',
  },
  es: {
    title: 'Participar',
    none: 'Ahora mismo no hay nada en lo que participar.',
    points: 'Puntos: {points}',
    perRight: 'y {points} por cada respuesta correcta',
    attempts: 'Intentos restantes: {count}',
    done: 'Ya has participado.',
    send: 'Enviar respuestas',
    optional: 'opcional',
    severalRight: 'Puede haber varias respuestas correctas.',
    recommendScale: '0 = nada probable, 10 = muy probable',
    missing: 'Responde a esta pregunta.',
    correct: 'Responde a todas las preguntas marcadas.',
    given: '¡Gracias! Recibes {points} puntos.',
    notGiven: '¡Gracias! Esta vez no hay puntos.',
    again: 'Intentar de nuevo',
    all: 'Todos los cuestionarios y encuestas',
    back: 'Volver a la tienda',
    gone: 'Esto ya no existe.',
    badLink: 'Este enlace no es válido. Ábrelo de nuevo desde tu cuenta en la tienda.',
  },
  pt: {
    title: 'Participar',
    none: 'De momento não há nada em que participar.',
    points: 'Pontos: {points}',
    perRight: 'e {points} por cada resposta certa',
    attempts: 'Tentativas restantes: {count}',
    done: 'Já participou.',
    send: 'Enviar respostas',
    optional: 'opcional',
    severalRight: 'Pode haver várias respostas certas.',
    recommendScale: '0 = nada provável, 10 = muito provável',
    missing: 'Responda a esta pergunta.',
    correct: 'Responda a todas as perguntas assinaladas.',
    given: 'Obrigado! Recebe {points} pontos.',
    notGiven: 'Obrigado! Desta vez não há pontos.',
    again: 'Tentar de novo',
    all: 'Todos os questionários e inquéritos',
    back: 'Voltar à loja',
    gone: 'Isto já não existe.',
    badLink: 'Este link não é válido. Abra-o novamente na sua conta da loja.',
  },
  ru: {
    title: 'Участвовать',
    none: 'Сейчас участвовать не в чем.',
    points: 'Баллы: {points}',
    perRight: 'и {points} за каждый верный ответ',
    attempts: 'Осталось попыток: {count}',
    done: 'Вы уже участвовали.',
    send: 'Отправить ответы',
    optional: 'необязательно',
    severalRight: 'Верных ответов может быть несколько.',
    recommendScale: '0 = совсем маловероятно, 10 = очень вероятно',
    missing: 'Пожалуйста, ответьте на этот вопрос.',
    correct: 'Пожалуйста, ответьте на все отмеченные вопросы.',
    given: 'Спасибо! Вы получаете {points} баллов.',
    notGiven: 'Спасибо! В этот раз баллов нет.',
    again: 'Попробовать ещё раз',
    all: 'Все викторины и опросы',
    back: 'Вернуться в магазин',
    gone: 'Этого больше нет.',
    badLink: 'Эта ссылка недействительна. Откройте её снова из личного кабинета в магазине.',
  },
};
