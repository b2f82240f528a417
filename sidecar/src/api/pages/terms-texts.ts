/** What the page of the terms says around them; dates and versions in braces. */
export interface TermsTexts {
  readonly title: string;
  readonly version: string;
  readonly old: string;
  readonly future: string;
  readonly versions: string;
  readonly accept: string;
  readonly accepted: string;
  readonly atShop: string;
  readonly back: string;
  readonly missing: string;
  readonly badLink: string;
}

export const termsTexts = {
  en: {
    title: 'Terms of participation',
    version: 'Version {version}, valid from {date}',
    old: 'This is an older version.',
    future: 'This version is not in force yet.',
    versions: 'All versions',
    accept: 'I accept these terms',
    accepted: 'You accepted this version on {date}.',
    atShop: 'Read the terms in the shop',
    back: 'Back to the shop',
    missing: 'There are no terms here.',
    badLink: 'This link is not valid. Please open it again from your account in the shop.',
  },
  de: {
    title: 'Teilnahmebedingungen',
    version: 'Fassung {version}, gültig ab {date}',
    old: 'Das ist eine ältere Fassung.',
    future: 'Diese Fassung gilt noch nicht.',
    versions: 'Alle Fassungen',
    accept: 'Ich akzeptiere diese Bedingungen',
    accepted: 'Du hast diese Fassung am {date} akzeptiert.',
    atShop: 'Bedingungen im Shop lesen',
    back: 'Zurück zum Shop',
    missing: 'Hier gibt es keine Bedingungen.',
    badLink: 'Dieser Link ist nicht gültig. Bitte öffne ihn noch einmal über dein Konto im Shop.',
  },
  es: {
    title: 'Condiciones de participación',
    version: 'Versión {version}, válida desde el {date}',
    old: 'Esta es una versión anterior.',
    future: 'Esta versión aún no está en vigor.',
    versions: 'Todas las versiones',
    accept: 'Acepto estas condiciones',
    accepted: 'Aceptaste esta versión el {date}.',
    atShop: 'Leer las condiciones en la tienda',
    back: 'Volver a la tienda',
    missing: 'Aquí no hay condiciones.',
    badLink: 'Este enlace no es válido. Ábrelo de nuevo desde tu cuenta en la tienda.',
  },
  pt: {
    title: 'Condições de participação',
    version: 'Versão {version}, válida desde {date}',
    old: 'Esta é uma versão anterior.',
    future: 'Esta versão ainda não está em vigor.',
    versions: 'Todas as versões',
    accept: 'Aceito estas condições',
    accepted: 'Aceitou esta versão em {date}.',
    atShop: 'Ler as condições na loja',
    back: 'Voltar à loja',
    missing: 'Não há condições aqui.',
    badLink: 'Este link não é válido. Abra-o de novo a partir da sua conta na loja.',
  },
  ru: {
    title: 'Условия участия',
    version: 'Редакция {version}, действует с {date}',
    old: 'Это более ранняя редакция.',
    future: 'Эта редакция ещё не действует.',
    versions: 'Все редакции',
    accept: 'Я принимаю эти условия',
    accepted: 'Вы приняли эту редакцию {date}.',
    atShop: 'Прочитать условия в магазине',
    back: 'Вернуться в магазин',
    missing: 'Здесь нет условий.',
    badLink: 'Ссылка недействительна. Откройте её ещё раз из личного кабинета в магазине.',
  },
} satisfies Record<string, TermsTexts>;
