import type { ReasonTable } from '../reason-words';

/** What a replay of past orders knows nothing of. */
export const whatIfWords: ReasonTable = {
  what_if_without_budgets: {
    en: 'Campaigns with a budget, which all members share.',
    de: 'Kampagnen mit Budget, das sich alle Mitglieder teilen.',
    es: 'Campañas con presupuesto, que comparten todos los miembros.',
    pt: 'Campanhas com orçamento, que todos os membros partilham.',
    ru: 'Акции с бюджетом, общим для всех участников.',
  },
  what_if_without_activities: {
    en: 'Points for activities.',
    de: 'Punkte für Aktivitäten.',
    es: 'Puntos por actividades.',
    pt: 'Pontos por atividades.',
    ru: 'Баллы за активности.',
  },
  what_if_without_challenges: {
    en: 'Rewards of challenges.',
    de: 'Belohnungen aus Challenges.',
    es: 'Recompensas de retos.',
    pt: 'Recompensas de desafios.',
    ru: 'Награды за задания.',
  },
  what_if_without_referrals: {
    en: 'Rewards for recommendations.',
    de: 'Belohnungen für Empfehlungen.',
    es: 'Recompensas por recomendaciones.',
    pt: 'Recompensas por recomendações.',
    ru: 'Награды за рекомендации.',
  },
  what_if_without_occasions: {
    en: 'Gifts for birthdays and other occasions.',
    de: 'Geschenke zum Geburtstag und zu anderen Anlässen.',
    es: 'Regalos de cumpleaños y otras ocasiones.',
    pt: 'Ofertas de aniversário e de outras ocasiões.',
    ru: 'Подарки ко дню рождения и другим поводам.',
  },
  what_if_without_vouchers: {
    en: 'Vouchers for the next purchase and as a welcome.',
    de: 'Gutscheine für den nächsten Einkauf und zur Begrüßung.',
    es: 'Vales para la próxima compra y de bienvenida.',
    pt: 'Vales para a próxima compra e de boas-vindas.',
    ru: 'Купоны на следующую покупку и приветственные купоны.',
  },
  what_if_without_memberships: {
    en: 'Paid memberships.',
    de: 'Bezahlte Mitgliedschaften.',
    es: 'Membresías de pago.',
    pt: 'Adesões pagas.',
    ru: 'Платные членства.',
  },
  what_if_without_corrections: {
    en: 'Corrections by staff, and tiers they set by hand.',
    de: 'Korrekturen und von Hand gesetzte Stufen.',
    es: 'Correcciones del personal y niveles asignados a mano.',
    pt: 'Correções da equipa e níveis atribuídos à mão.',
    ru: 'Исправления и уровни, назначенные сотрудниками.',
  },
};
