import { calendarSpan } from '../domain/calendar';
import { explainBands, reachedBand, volumeWindows, type VolumeIncentive, type VolumeWindow } from '../domain/volume';
import type { Row } from '../storage/tables';
import { recordDecision } from '../stores/decision-store';
import { countedOrders } from '../stores/position-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { saveVolumeReward, volumeRewards } from '../stores/volume-store';
import type { OrderInHand } from './apply-order';
import { postReward } from './post-reward';

/**
 * Makes what incentives for volume have paid equal to what the member's orders are worth, in every window that an order
 * left, entered or changed in. A programme without incentives costs nothing.
 */
export async function convergeVolume(order: OrderInHand, releasedAt: string | null): Promise<void> {
  const { trx, context, member, before } = order;
  const wasReleasedAt = before?.released === 1 ? before.release_at : null;
  for (const at of new Set([wasReleasedAt, releasedAt])) {
    if (at === null) continue;
    const published = await context.programmes.effectiveAt(trx, member.programmeId, at);
    for (const incentive of published?.programme.volume ?? []) {
      if (published) await convergeIncentive(order, published, incentive, at);
    }
  }
}

async function convergeIncentive(order: OrderInHand, published: PublishedProgramme, incentive: VolumeIncentive, at: string) {
  const { trx, member } = order;
  const { timeZone } = published.programme;
  const { window } = incentive;
  // Windows of days hang together: an order that goes may move all that come after it.
  const span = 'period' in window ? calendarSpan(window.period, at, timeZone) : null;
  const orders = await countedOrders(trx, member.memberId, span ?? {});
  const rewards = await volumeRewards(trx, member.memberId, incentive.code, span?.start);
  const windows = volumeWindows(incentive, orders, timeZone);
  const starts = new Set([...windows, ...rewards.map((row) => ({ start: row.window_start }))].map(({ start }) => start));
  for (const start of [...starts].sort()) {
    const reward = rewards.find((row) => row.window_start === start) ?? null;
    const terms = reward ? await pinnedIncentive(order, reward, incentive) : { published, incentive };
    const found = (terms.incentive === incentive ? windows : volumeWindows(terms.incentive, orders, timeZone)).find(
      (one) => one.start === start,
    );
    await settleWindow(order, terms, reward, found ?? { start, end: start, value: 0, steps: [] });
  }
}

/** A window keeps the bands under which it was first paid. */
async function pinnedIncentive(
  { trx, context }: OrderInHand,
  reward: Row<'volume_reward'>,
  current: VolumeIncentive,
): Promise<{ published: PublishedProgramme; incentive: VolumeIncentive }> {
  const published = await context.programmes.byVersion(trx, reward.programme_version_id);
  const incentive = published.programme.volume.find(({ code }) => code === reward.incentive_code);
  return { published, incentive: incentive ?? current };
}

async function settleWindow(
  order: OrderInHand,
  { published, incentive }: { published: PublishedProgramme; incentive: VolumeIncentive },
  reward: Row<'volume_reward'> | null,
  window: VolumeWindow,
): Promise<void> {
  const { trx, context, member, snapshot } = order;
  const reached = reachedBand(incentive, window);
  const due = reached?.points ?? 0;
  const points = due - (reward?.points ?? 0);
  if (points === 0) return;
  const { memberId, programmeId } = member;
  const now = context.clock.now();
  const decisionId = context.ids.next();
  const lotId = `volume:${memberId}:${incentive.code}:${window.start}`;
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'volume_reward',
    subject: `member:${memberId}`,
    programmeVersionId: published.versionId,
    decidedAt: now,
    inputs: { incentive: incentive.code, start: window.start, end: window.end, value: window.value, paid: reward?.points ?? 0 },
    outcome: { points: due },
    reasons: explainBands(incentive, window.value),
  });
  await postReward(trx, context, member, {
    kind: 'volume_reward',
    sourceKey: `${lotId}:${decisionId}`,
    lotId,
    points,
    occurredAt: points > 0 && reached ? reached.reachedAt : order.asOf,
    expireAfterDays: published.programme.expireAfterDays,
    shopId: snapshot.shopId,
    orderId: snapshot.orderId,
    decisionId,
  });
  const row = {
    member_id: memberId,
    incentive_code: incentive.code,
    window_start: window.start,
    programme_id: programmeId,
    programme_version_id: published.versionId,
    points: due,
    decision_id: decisionId,
    updated_at: now,
  };
  await saveVolumeReward(trx, row, reward === null);
}
