/** The list of what runs by itself: every job has a name, and what went wrong is seen. */
import en from '../../../sidecar/admin-ui/src/i18n/en';
import { jobResult } from '../../../sidecar/admin-ui/src/pages/health/job-result';
import { createJobs, type JobOperations } from '../../../sidecar/src/jobs/jobs';

describe('jobs on the page Health', () => {
  it('all have a name', () => {
    const names = createJobs({} as JobOperations).map(({ name }) => name);
    expect(Object.keys(en.job).sort()).toEqual([...names].sort());
  });

  it('say what they did and why they failed', () => {
    expect(jobResult({ outcome: 'done', figures: { entries: 12 }, owner: 'a', durationMs: 3 })).toEqual({
      outcome: 'done',
      error: null,
      figures: { entries: 12 },
    });
    expect(jobResult({ outcome: 'failed', error: 'books do not add up' })).toEqual({
      outcome: 'failed',
      error: 'books do not add up',
      figures: {},
    });
    expect(jobResult(null)).toBeNull();
  });
});
