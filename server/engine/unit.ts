import type { Core, Tx } from "./core";
import type { EngineFunction } from "./registry";

/** What a function sees as its event. */
type EventBody = {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  [field: string]: unknown;
};

/** An accepted event: its own id in the engine, the body for expressions and its canonical text for storage. */
export type EngineEvent = { id: string; body: EventBody; text: string; internal: boolean };

/** One transaction of the engine: everything that one answer, one request or one timer changes. */
export type Unit = {
  core: Core;
  tx: Tx;
  now: number;
  functions: EngineFunction[];
  /** Internal events of this transaction that still have to trigger functions and waits. */
  emitted: EngineEvent[];
  /** Concurrency keys that are free again; released as the last thing of the transaction. */
  freed: Set<string>;
  /** Set when a job became ready: peers are told after the commit. */
  woke: boolean;
};

/** True when `name` is a trigger's event; a trigger that ends with * stands for every name with that beginning. */
export function isTriggeredBy(trigger: string, name: string): boolean {
  return trigger === name || (trigger.endsWith("*") && name.startsWith(trigger.slice(0, -1)));
}
