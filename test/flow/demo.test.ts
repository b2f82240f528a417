import { runDemo } from '../demo/run-demo';

/** Small years; the full one is `npm run demo`. */
async function year(seed: number) {
  const days: number[] = [];
  const played = await runDemo({ seed, orders: 60, customers: 12, port: 0, onDay: (day) => days.push(day) });
  await played.close();
  return { ...played.summary, days };
}

describe('the demo', () => {
  it('plays a year whose books are exact, the same one for the same seed, another for another', async () => {
    const [first, again, other] = [await year(7), await year(7), await year(8)];
    expect(first.ok && other.ok).toBe(true);
    expect(first.days).toHaveLength(365);
    expect(first.text).toContain('the books are exact');
    expect(first.text).toMatch(/orders +60\n/);
    expect(first.text).toMatch(/waiting, dead letters +0, 0\n/);
    expect(first.text).toMatch(/duplicates recognised +[1-9]/);
    expect(again.text).toBe(first.text);
    expect(other.text).not.toBe(first.text);
  }, 120_000);
});
