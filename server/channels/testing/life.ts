import { describe, expect, test } from "vitest";
import type { ReceivedEvent } from "../receipts/process";

export type Stage = "delivered" | "read" | "failed";

/** One provider whose stand-in plays what becomes of a message. */
export type Life = {
  /** What the provider tells of a message. */
  stages: readonly Stage[];
  /** Sends a message through the real adapter; answers its public id, and the way to have the provider tell a stage of it. */
  begin: () => Promise<{ publicId: string; tell: (stage: Stage) => Promise<number> }>;
  /** What the worker is handed, in the order of arrival. */
  arrived: () => Promise<ReceivedEvent["event"][]>;
  /** Moves the database's clock: `3 days`. */
  later: (interval: string) => Promise<void>;
};

/** What every provider's webhooks promise, whatever order and number they come in. */
export function describeLife(name: string, { stages, begin, arrived, later }: Life): void {
  const keysOf = (events: ReceivedEvent["event"][]) =>
    events.flatMap((event) => ("dedupeKey" in event ? [event.dedupeKey] : []));

  describe(`the life of a message by ${name}`, () => {
    test.each(stages)("%s names the message and is one event", async (stage) => {
      const { publicId, tell } = await begin();
      expect(await tell(stage)).toBeLessThan(300);
      const events = (await arrived()).filter((event) => "dedupeKey" in event);
      expect(events).toMatchObject([{ kind: stage, publicId }]);
      expect(await arrived()).toEqual([]);
    });

    test("told twice and in the wrong order is the same events", async () => {
      const { tell } = await begin();
      const told = stages.filter((stage) => stage !== "failed");
      for (const stage of told) await tell(stage);
      const once = keysOf(await arrived());
      for (const stage of [...told.toReversed(), ...told]) await tell(stage);
      const again = keysOf(await arrived());
      expect(once).toHaveLength(told.length);
      expect(new Set(again)).toEqual(new Set(once));
      expect(again).toHaveLength(2 * told.length);
    });

    test("told days later still counts", async () => {
      const { publicId, tell } = await begin();
      await later("3 days");
      expect(await tell("delivered")).toBeLessThan(300);
      expect(await arrived()).toMatchObject([{ kind: "delivered", publicId }]);
      await later("0");
    });
  });
}
