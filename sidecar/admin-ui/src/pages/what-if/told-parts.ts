import { useI18n } from 'vue-i18n';
import type { paths } from '../../api/openapi';

type Run = paths['/admin/programmes/{programmeId}/what-if/{runId}']['get']['responses'][200]['content']['application/json'];
export type Report = NonNullable<Run['report']>;

/** How complete a replay is: what of the draft is in it, and what is not, each with its ground. Nothing to tell of is left out. */
export function useToldParts() {
  const { t } = useI18n();
  return ({ replayed, leftOut }: Pick<Report, 'replayed' | 'leftOut'>) =>
    [
      { title: t('whatIf.replayed'), parts: replayed },
      { title: t('whatIf.leftOut'), parts: leftOut },
    ].filter(({ parts }) => parts.length > 0);
}
