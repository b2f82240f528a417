import fc from 'fast-check';
import { Chains } from '../../../sidecar/src/imports/chains';

function chainsOf(units: readonly (readonly string[])[]): number[][] {
  const chains = new Chains();
  units.forEach((people, index) => {
    chains.add(index + 1, people);
  });
  return chains.all();
}

test('a unit that names two people joins what came before about either', () => {
  expect(chainsOf([['a'], ['b'], [], ['c'], ['a', 'b'], ['b'], ['c']])).toEqual([[1, 2, 5, 6], [3], [4, 7]]);
});

test('every unit is in one chain, in order, and people are in one chain alone', () => {
  const people = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 2 });
  fc.assert(
    fc.property(fc.array(people, { maxLength: 40 }), (units) => {
      const chains = chainsOf(units);
      expect(chains.flat().sort((a, b) => a - b)).toEqual(units.map((_, index) => index + 1));
      for (const chain of chains) expect(chain).toEqual([...chain].sort((a, b) => a - b));
      const owners = chains.flatMap((chain) => [...new Set(chain.flatMap((unit) => units[unit - 1] ?? []))]);
      expect(new Set(owners).size).toBe(owners.length);
    }),
    { numRuns: 50 },
  );
});
