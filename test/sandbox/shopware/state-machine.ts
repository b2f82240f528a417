import { LIVE_VERSION } from './search';
import type { ShopIds } from './shop-ids';
import type { Row, TableStore } from './table-store';

/** Entity -> machine and its transitions as `action: from -> to`. */
const MACHINES = {
  order: {
    machine: 'order.state',
    transitions: {
      process: { from: ['open'], to: 'in_progress' },
      complete: { from: ['in_progress'], to: 'completed' },
      cancel: { from: ['open', 'in_progress'], to: 'cancelled' },
    },
  },
  order_transaction: {
    machine: 'order_transaction.state',
    transitions: {
      paid: { from: ['open', 'in_progress', 'paid_partially', 'authorized', 'failed'], to: 'paid' },
      refund_partially: { from: ['paid', 'paid_partially'], to: 'refunded_partially' },
      refund: { from: ['paid', 'paid_partially', 'refunded_partially'], to: 'refunded' },
      cancel: { from: ['open', 'in_progress', 'authorized'], to: 'cancelled' },
    },
  },
  order_delivery: { machine: 'order_delivery.state', transitions: { ship: { from: ['open'], to: 'shipped' } } },
  order_transaction_capture: {
    machine: 'order_transaction_capture.state',
    transitions: { complete: { from: ['pending'], to: 'completed' } },
  },
  order_transaction_capture_refund: {
    machine: 'order_transaction_capture_refund.state',
    transitions: { complete: { from: ['open', 'in_progress'], to: 'completed' } },
  },
} as const satisfies Record<string, { machine: string; transitions: Record<string, { from: readonly string[]; to: string }> }>;

export type StatefulEntity = keyof typeof MACHINES;

export class StateMachine {
  private readonly stateIds = new Map<string, string>();
  private readonly machineIds = new Map<string, string>();

  constructor(
    private readonly store: TableStore,
    private readonly ids: ShopIds,
  ) {
    for (const [entity, { machine, transitions }] of Object.entries(MACHINES)) {
      const machineId = ids.next();
      store.insert('state_machine', { id: machineId, technicalName: machine, name: machine });
      this.machineIds.set(entity, machineId);
      const states = new Set(
        Object.values(transitions).flatMap(({ from, to }: { from: readonly string[]; to: string }) => [...from, to]),
      );
      for (const technicalName of states) this.addState(entity, machineId, technicalName);
    }
  }

  stateId(entity: StatefulEntity, technicalName: string): string {
    const id = this.stateIds.get(`${entity}:${technicalName}`);
    if (id === undefined) throw new Error(`${entity} has no state ${technicalName}`);
    return id;
  }

  stateOf(row: Row): string {
    return String(this.store.get('state_machine_state', String(row.stateId)).technicalName);
  }

  /**
   * Answers whether anything changed: a state already reached stays without a trace, as in Shopware.
   * @throws Error for a transition the machine does not have
   */
  transition(entity: StatefulEntity, id: string, action: string): boolean {
    const transition = (MACHINES[entity].transitions as Record<string, { from: readonly string[]; to: string }>)[action];
    const row = this.store.get(entity, id);
    const current = this.stateOf(row);
    if (transition && current === transition.to) return false;
    if (!transition?.from.includes(current)) {
      throw new Error(`Illegal transition "${action}" from state "${current}" for ${entity} ${id}`);
    }
    const toStateId = this.stateId(entity, transition.to);
    this.store.update(entity, id, { stateId: toStateId });
    this.store.insert('state_machine_history', {
      id: this.ids.next(),
      referencedId: id,
      referencedVersionId: LIVE_VERSION,
      stateMachineId: this.machineIds.get(entity),
      entityName: entity,
      fromStateId: row.stateId,
      toStateId,
      transitionActionName: action,
    });
    return true;
  }

  private addState(entity: string, machineId: string, technicalName: string): void {
    const id = this.ids.next();
    const words = technicalName.replace(/_/g, ' ');
    const name = words.charAt(0).toUpperCase() + words.slice(1);
    this.store.insert('state_machine_state', { id, technicalName, name, stateMachineId: machineId });
    this.stateIds.set(`${entity}:${technicalName}`, id);
  }
}
