import { ShopApiError } from '../../../sidecar/src/errors';
import { createCoalescedRead } from '../../../sidecar/src/platform/coalesced-read';
import type { ConnectedShop } from '../../../sidecar/src/platform/platform';

const shop = (shopId: string) => ({ shopId }) as ConnectedShop;

function counting(answer: (id: string) => string | null = (id) => id.toUpperCase()) {
  const calls: string[][] = [];
  const read = createCoalescedRead<string>((_shop, ids) => {
    calls.push([...ids]);
    if (ids.includes('poison')) return Promise.reject(new ShopApiError('refused', false, 500));
    if (ids.includes('down')) return Promise.reject(new ShopApiError('no answer', true));
    return Promise.resolve(
      new Map(
        ids.flatMap((id) => {
          const found = answer(id);
          return found === null ? [] : [[id, () => found] as const];
        }),
      ),
    );
  });
  return { calls, read };
}

describe('createCoalescedRead', () => {
  it('asks once for what is asked for at the same time, each id once', async () => {
    const { calls, read } = counting((id) => (id === 'gone' ? null : id.toUpperCase()));
    const found = await Promise.all(['a', 'b', 'a', 'gone'].map((id) => read(shop('s'), id)));
    expect(found).toEqual(['A', 'B', 'A', null]);
    expect(calls).toEqual([['a', 'b', 'gone']]);
  });

  it('reads anew for whoever asks after a read began', async () => {
    const { calls, read } = counting();
    await read(shop('s'), 'a');
    await read(shop('s'), 'a');
    expect(calls).toEqual([['a'], ['a']]);
  });

  it('never mixes shops, and never asks for more than fifty', async () => {
    const { calls, read } = counting();
    await Promise.all([read(shop('other'), 'x'), ...Array.from({ length: 51 }, (_, index) => read(shop('s'), String(index)))]);
    expect(calls.map((ids) => ids.length).sort((a, b) => a - b)).toEqual([1, 1, 50]);
  });

  it('asks one by one when the shop refuses several for good', async () => {
    const { calls, read } = counting();
    const [good, bad] = await Promise.allSettled([read(shop('s'), 'a'), read(shop('s'), 'poison')]);
    expect(good).toEqual({ status: 'fulfilled', value: 'A' });
    expect(bad.status).toBe('rejected');
    expect(calls).toEqual([['a', 'poison'], ['a'], ['poison']]);
  });

  it('tells everybody when the shop does not answer, and asks no more', async () => {
    const { calls, read } = counting();
    const results = await Promise.allSettled([read(shop('s'), 'a'), read(shop('s'), 'down')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toHaveLength(1);
  });

  it('lets a row that cannot be understood fail for those who asked for it only', async () => {
    const read = createCoalescedRead<string>((_shop, ids) =>
      Promise.resolve(
        new Map(
          ids.map((id) => [
            id,
            () => {
              if (id === 'odd') throw new ShopApiError('odd lacks a field', false);
              return id;
            },
          ]),
        ),
      ),
    );
    const [good, odd] = await Promise.allSettled([read(shop('s'), 'a'), read(shop('s'), 'odd')]);
    expect(good).toEqual({ status: 'fulfilled', value: 'a' });
    expect(odd).toMatchObject({ status: 'rejected', reason: { message: 'odd lacks a field' } });
  });
});
