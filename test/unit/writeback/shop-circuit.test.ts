import { FAILURES_TO_OPEN, ShopCircuit } from '../../../sidecar/src/writeback/shop-circuit';

const opened = (): ShopCircuit => {
  const circuit = new ShopCircuit(() => 0.5);
  for (let failure = 0; failure < FAILURES_TO_OPEN; failure += 1) circuit.failed('s1', 0, 0);
  return circuit;
};

describe('shop circuit', () => {
  it('pauses a shop after three failures in a row, and only that shop', () => {
    const circuit = new ShopCircuit(() => 0.5);
    circuit.failed('s1', 0, 0);
    circuit.failed('s1', 0, 0);
    expect(circuit.isPaused('s1', 0)).toBe(false);
    circuit.failed('s1', 0, 0);
    expect(circuit.isPaused('s1', 29_999)).toBe(true);
    expect(circuit.isPaused('s1', 30_000)).toBe(false);
    expect(circuit.isPaused('s2', 0)).toBe(false);
    expect(circuit.pausedShops(0)).toEqual(['s1']);
  });

  it('starts counting anew after a success', () => {
    const circuit = new ShopCircuit(() => 0.5);
    circuit.failed('s1', 0, 0);
    circuit.failed('s1', 0, 0);
    circuit.succeeded('s1');
    circuit.failed('s1', 0, 0);
    expect(circuit.isPaused('s1', 0)).toBe(false);
    expect(circuit.isDown('s1')).toBe(false);
  });

  it('pauses longer with every further failure, up to ten minutes', () => {
    const circuit = opened();
    for (const pauseMs of [120_000, 600_000, 600_000]) {
      circuit.failed('s1', 0, 0);
      expect(circuit.isPaused('s1', pauseMs - 1)).toBe(true);
      expect(circuit.isPaused('s1', pauseMs)).toBe(false);
    }
  });

  it('obeys the shop from the first failure on', () => {
    const circuit = new ShopCircuit(() => 0.5);
    circuit.failed('s1', 1_000, 5_000);
    expect(circuit.isPaused('s1', 5_999)).toBe(true);
    expect(circuit.isPaused('s1', 6_000)).toBe(false);
  });

  it('says once that a shop is back', () => {
    const circuit = new ShopCircuit(() => 0.5);
    expect(circuit.succeeded('s1')).toBe(true);
    expect(circuit.succeeded('s1')).toBe(false);
    const after = opened();
    expect(after.isDown('s1')).toBe(true);
    expect(after.succeeded('s1')).toBe(true);
    expect(after.pausedShops(0)).toEqual([]);
  });
});
