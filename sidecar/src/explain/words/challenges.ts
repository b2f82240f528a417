import type { ReasonTable } from '../reason-words';

/** Challenges, their steps and badges. */
export const challengeWords: ReasonTable = {
  challenge_complete: {
    en: '{challenge:quoted} is complete: {done} of {needed} steps.',
    de: '{challenge:quoted} ist geschafft: {done} von {needed} Schritten.',
    es: '{challenge:quoted} está completado: {done} de {needed} pasos.',
    pt: '{challenge:quoted} está concluído: {done} de {needed} passos.',
    ru: '{challenge:quoted}: выполнено, шагов {done} из {needed}.',
  },
  challenge_incomplete: {
    en: '{challenge:quoted} is not complete: {done} of {needed} steps.',
    de: '{challenge:quoted} ist nicht geschafft: {done} von {needed} Schritten.',
    es: '{challenge:quoted} no está completado: {done} de {needed} pasos.',
    pt: '{challenge:quoted} não está concluído: {done} de {needed} passos.',
    ru: '{challenge:quoted}: не выполнено, шагов {done} из {needed}.',
  },
  challenge_step_done: {
    en: '{step:quoted} is done: {value} of {target}.',
    de: '{step:quoted} ist erledigt: {value} von {target}.',
    es: '{step:quoted} está hecho: {value} de {target}.',
    pt: '{step:quoted} está feito: {value} de {target}.',
    ru: '{step:quoted}: сделано, {value} из {target}.',
  },
  challenge_step_open: {
    en: '{step:quoted} is open: {value} of {target}.',
    de: '{step:quoted} ist offen: {value} von {target}.',
    es: '{step:quoted} está pendiente: {value} de {target}.',
    pt: '{step:quoted} está por fazer: {value} de {target}.',
    ru: '{step:quoted}: не сделано, {value} из {target}.',
  },
  challenge_badge: {
    en: 'It brings the badge {badge:quoted}.',
    de: 'Es bringt das Abzeichen {badge:quoted}.',
    es: 'Da la insignia {badge:quoted}.',
    pt: 'Dá o distintivo {badge:quoted}.',
    ru: 'Выдан значок {badge:quoted}.',
    otherwise: {
      en: 'The badge {badge:quoted} is taken back.',
      de: 'Das Abzeichen {badge:quoted} wird zurückgenommen.',
      es: 'Se retira la insignia {badge:quoted}.',
      pt: 'O distintivo {badge:quoted} é retirado.',
      ru: 'Значок {badge:quoted} отозван.',
    },
  },
};
