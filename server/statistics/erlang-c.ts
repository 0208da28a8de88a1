/** What arrives, how long a call takes, and how soon it should be answered. */
export type Load = {
  callsPerInterval: number;
  intervalSeconds: number;
  handleSeconds: number;
  targetSeconds: number;
};

export type Staffing =
  | { kind: "stable"; waits: number; serviceLevel: number; averageWaitSeconds: number; occupancy: number }
  /** As many or fewer agents than the load: there is no waiting time, it only rises. */
  | { kind: "queue_grows" };

/** Erlang C: how `agents` cope with a load. It overstates staff for callbacks that can be deferred (`metrics.md`). */
export function erlangC(load: Load, agents: number): Staffing {
  const traffic = (load.callsPerInterval * load.handleSeconds) / load.intervalSeconds;
  if (agents <= traffic) return { kind: "queue_grows" };
  // Erlang B by its recurrence, which cannot overflow; then C from B.
  let blocked = 1;
  for (let n = 1; n <= agents; n++) blocked = (traffic * blocked) / (n + traffic * blocked);
  const waits = blocked / (1 - (traffic / agents) * (1 - blocked));
  const spare = agents - traffic;
  return {
    kind: "stable",
    waits,
    serviceLevel: 1 - waits * Math.exp((-spare * load.targetSeconds) / load.handleSeconds),
    averageWaitSeconds: (waits * load.handleSeconds) / spare,
    occupancy: traffic / agents,
  };
}
