/** Words about uninstalling, in the shop's administration. */
import { inLanguage } from '../../domain/in-language';

export interface LeavingTexts {
  readonly title: string;
  readonly question: string;
  readonly explanation: string;
  readonly remove: string;
  readonly removing: string;
  readonly removed: string;
}

const en: LeavingTexts = {
  title: 'Leaving',
  question: 'I want to uninstall the app',
  explanation:
    'Once the app is uninstalled, nobody may remove what it made: tier prices, tags, rules and referral discounts would stay in force. Remove them first. Vouchers of customers stay valid, points stay in the books, and everything comes back when the app is activated again.',
  remove: 'Remove everything the app made',
  removing: 'It is being removed. Open this page again in a minute.',
  removed: 'Everything is removed. You can uninstall the app now.',
};

const texts = {
  en,
  de: {
    title: 'Abschied',
    question: 'Ich möchte die App deinstallieren',
    explanation:
      'Nach der Deinstallation darf niemand mehr entfernen, was die App angelegt hat: Stufenpreise, Tags, Regeln und Empfehlungsrabatte würden weiter gelten. Bitte zuerst entfernen. Gutscheine von Kunden bleiben gültig, Punkte bleiben in den Büchern, und alles kommt zurück, wenn die App wieder aktiviert wird.',
    remove: 'Alles entfernen, was die App angelegt hat',
    removing: 'Es wird gerade entfernt. Bitte diese Seite in einer Minute noch einmal öffnen.',
    removed: 'Alles ist entfernt. Die App kann jetzt deinstalliert werden.',
  },
  es: {
    title: 'Despedida',
    question: 'Quiero desinstalar la app',
    explanation:
      'Una vez desinstalada la app, nadie puede quitar lo que creó: los precios por nivel, las etiquetas, las reglas y los descuentos por recomendación seguirían vigentes. Quítelos antes. Los vales de los clientes siguen siendo válidos, los puntos quedan en los libros y todo vuelve al activar la app de nuevo.',
    remove: 'Quitar todo lo que creó la app',
    removing: 'Se está quitando. Abra esta página de nuevo en un minuto.',
    removed: 'Todo está quitado. Ya puede desinstalar la app.',
  },
  pt: {
    title: 'Despedida',
    question: 'Quero desinstalar a app',
    explanation:
      'Depois de desinstalar a app, ninguém pode remover o que ela criou: preços por nível, etiquetas, regras e descontos por recomendação continuariam em vigor. Remova-os primeiro. Os vales dos clientes continuam válidos, os pontos ficam nos livros e tudo volta quando a app for ativada de novo.',
    remove: 'Remover tudo o que a app criou',
    removing: 'Está a ser removido. Abra esta página de novo dentro de um minuto.',
    removed: 'Está tudo removido. Já pode desinstalar a app.',
  },
  ru: {
    title: 'Удаление',
    question: 'Я хочу удалить приложение',
    explanation:
      'После удаления приложения никто не сможет убрать созданное им: цены уровней, теги, правила и скидки по приглашениям продолжат действовать. Сначала уберите их. Ваучеры покупателей останутся в силе, баллы останутся в книгах, и всё вернётся, когда приложение снова включат.',
    remove: 'Убрать всё, что создало приложение',
    removing: 'Удаляется. Откройте эту страницу снова через минуту.',
    removed: 'Всё убрано. Теперь приложение можно удалить.',
  },
} satisfies Record<string, LeavingTexts>;

/** @param locale e.g. `de-DE`; English when there are no words in it */
export function leavingTexts(locale: string): LeavingTexts {
  return inLanguage(texts, locale);
}
