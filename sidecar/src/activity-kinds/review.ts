import { z } from 'zod';
import { reason } from '../domain/reason';
import { reference } from './fields';
import { activityKind } from './kind';

/** The stars are no setting: paying for good opinions only would buy them. */
export const review = activityKind({
  code: 'review',
  isNamed: false,
  settings: z.strictObject({
    /** Characters. */
    minimumLength: z.int().min(0).max(10_000).default(0),
    onlyBuyers: z.boolean().default(false),
    /** Besides the points, when there are pictures. */
    picturePoints: z.int().min(0).max(1_000_000).default(0),
  }),
  data: z.strictObject({
    product: reference,
    rating: z.int().min(1).max(5).optional(),
    length: z.int().min(0).max(1_000_000).default(0),
    pictures: z.int().min(0).max(1000).default(0),
    isBuyer: z.boolean().default(false),
  }),
  subjectOf: ({ product }) => product,
  judge: ({ activity, points, settings, data }) => {
    if (settings.onlyBuyers && !data.isBuyer) return { points: 0, reasons: [reason('review_not_by_buyer', false, { activity })] };
    const { minimumLength, picturePoints } = settings;
    const figures = { activity, length: data.length, minimumLength };
    if (data.length < minimumLength) return { points: 0, reasons: [reason('review_too_short', false, figures)] };
    const extra = data.pictures > 0 ? picturePoints : 0;
    return {
      points: points + extra,
      reasons: [
        reason('activity_rewarded', true, { activity, points }),
        ...(picturePoints > 0 ? [reason('review_pictures', extra > 0, { activity, points: picturePoints })] : []),
      ],
    };
  },
});
