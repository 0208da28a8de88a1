/** What functions of the suite really did, in order: the ground on which every case asserts. */
export type Ledger = {
  /** Writes an entry and gives `value` back. */
  note(entry: string): void;
  note<T>(entry: string, value: T): T;
  entries(): string[];
  count(entry: string): number;
  /** Resolves when the entry stands there `times` times. */
  until(entry: string, times?: number, limitMs?: number): Promise<void>;
  /** Notes that a body began and ended around `work`; `peak` is the most that ran at once under one label. */
  span<T>(label: string, work: () => Promise<T>): Promise<T>;
  peak(label: string): number;
};

const patienceMs = 180_000;

/** An empty ledger. */
export function createLedger(): Ledger {
  const list: string[] = [];
  const open = new Map<string, number>();
  const peaks = new Map<string, number>();
  const waiting = new Set<() => void>();
  const count = (entry: string): number => list.filter((item) => item === entry).length;
  function note(entry: string): void;
  function note<T>(entry: string, value: T): T;
  function note<T>(entry: string, value?: T): T | undefined {
    list.push(entry);
    for (const check of waiting) check();
    return value;
  }
  return {
    note,
    entries: () => [...list],
    count,
    until: (entry, times = 1, limitMs = patienceMs) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error): void => {
          clearTimeout(timer);
          waiting.delete(check);
          if (error) reject(error);
          else resolve();
        };
        const check = (): void => {
          if (count(entry) >= times) done();
        };
        const timer = setTimeout(
          () =>
            done(new Error(`"${entry}" was noted ${count(entry)} times, not ${times}: ${list.join(", ")}`)),
          limitMs,
        );
        waiting.add(check);
        check();
      }),
    async span(label, work) {
      const now = (open.get(label) ?? 0) + 1;
      open.set(label, now);
      peaks.set(label, Math.max(peaks.get(label) ?? 0, now));
      try {
        return await work();
      } finally {
        open.set(label, (open.get(label) ?? 1) - 1);
      }
    },
    peak: (label) => peaks.get(label) ?? 0,
  };
}
