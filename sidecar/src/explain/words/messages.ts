import type { ReasonTable } from '../reason-words';

/** What members allow to be told. */
export const messageWords: ReasonTable = {
  consent_granted: {
    en: 'Consent to messages was given ({purpose}).',
    de: 'Die Einwilligung in Nachrichten wurde erteilt ({purpose}).',
    es: 'Se dio el consentimiento para recibir mensajes ({purpose}).',
    pt: 'Foi dado o consentimento para mensagens ({purpose}).',
    ru: 'Дано согласие на сообщения ({purpose}).',
  },
  consent_withdrawn: {
    en: 'Consent to messages was withdrawn ({purpose}).',
    de: 'Die Einwilligung in Nachrichten wurde widerrufen ({purpose}).',
    es: 'Se retiró el consentimiento para recibir mensajes ({purpose}).',
    pt: 'O consentimento para mensagens foi retirado ({purpose}).',
    ru: 'Согласие на сообщения отозвано ({purpose}).',
  },
};
