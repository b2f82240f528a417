import { table, type TableSchema } from '../table-schema';

/** A challenge that a member completed. */
export interface ChallengeAwardTable {
  member_id: string;
  challenge: string;
  /** Local day on which its window began; '' = it has no beginning. */
  window_start: string;
  programme_id: string;
  programme_version_id: string;
  /** 0 once it was taken back. */
  points: number;
  /** Where its points sit; the name of the first owner is in it. */
  lot_id: string;
  badge: string | null;
  badge_name: string | null;
  badge_image: string | null;
  completed_at: string;
  /** Null while it stands. */
  taken_back_at: string | null;
  decision_id: string;
}

export interface ChallengeTables {
  challenge_award: ChallengeAwardTable;
}

export const challengeTables: readonly TableSchema[] = [
  table<'challenge_award'>({
    name: 'challenge_award',
    columns: {
      member_id: 'key',
      challenge: 'key',
      window_start: 'key',
      programme_id: 'key',
      programme_version_id: 'key',
      points: 'int',
      lot_id: 'longKey',
      badge: 'key?',
      badge_name: 'name?',
      badge_image: 'text?',
      completed_at: 'time',
      taken_back_at: 'time?',
      decision_id: 'key',
    },
    primaryKey: ['member_id', 'challenge', 'window_start'],
    index: [['programme_id', 'challenge', 'completed_at']],
  }),
];
