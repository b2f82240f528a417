import type { Programme } from '../domain/programme';
import type { PastMember, PastPeriod } from './past-member';
import { replayMember } from './replay-member';
import { hasSharedLimits, NO_SHARING, Wishes, type SharedBudgets } from './shared-budgets';
import type { WhatIfBudgets } from './what-if-report';

/** The first of two looks at all members: who would take how much of what they share. */
export class BudgetRound {
  private readonly rounds: readonly { readonly programme: Programme; readonly wishes: Wishes }[];

  constructor(
    private readonly programmes: { readonly draft: Programme; readonly published: Programme | null },
    private readonly period: PastPeriod,
  ) {
    const { draft, published } = programmes;
    this.rounds = [draft, ...(published ? [published] : [])]
      .filter(hasSharedLimits)
      .map((programme) => ({ programme, wishes: new Wishes(programme) }));
  }

  /** Whether members share nothing, so that nobody needs to be looked at. */
  get isEmpty(): boolean {
    return this.rounds.length === 0;
  }

  add(member: PastMember): void {
    for (const { programme, wishes } of this.rounds) replayMember(programme, member, this.period, wishes);
  }

  budgets(): WhatIfBudgets {
    const of = (programme: Programme | null): SharedBudgets =>
      this.rounds.find((round) => round.programme === programme)?.wishes.granted() ?? NO_SHARING;
    return { draft: of(this.programmes.draft), published: of(this.programmes.published) };
  }
}
