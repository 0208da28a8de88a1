import type { Inngest, InngestFunction } from "inngest";
import type { Driver } from "./driver";
import type { Ledger } from "./ledger";
import type { RawApp, RawCall, RawReply } from "./raw-app";

export type EngineKind = "embedded" | "inngest";

/** The engine under test. With a signing key it is in cloud mode; `olderKey` is one that is being rotated out. */
export type Target = {
  url: string;
  kind: EngineKind;
  signingKey?: string;
  olderKey?: string;
  eventKey?: string;
};

/** What a case has at hand. `tag` is different in every execution, so a long-lived server does not mix them up. */
export type Scene = Driver & {
  client: Inngest.Any;
  ledger: Ledger;
  tag: string;
  kind: EngineKind;
  target: Target;
  /** An app that answers by hand, closed after the suite. `key` is the one that it signs and asks with. */
  rawApp(
    label: string,
    answer: (call: RawCall) => RawReply | Promise<RawReply>,
    key?: string,
  ): Promise<RawApp & { name: string }>;
};

/** One behaviour that both engines must show. */
export type Case = {
  title: string;
  /** Kinds that the behaviour is promised for; both when absent. */
  only?: EngineKind;
  /** What the target must have for it; left out where it has not. */
  needs?: "signingKey" | "olderKey";
  /** Takes longer than the fast part of the suite allows. */
  slow?: boolean;
  functions?(scene: Scene): InngestFunction.Any[];
  verify(scene: Scene): Promise<void>;
};

/** The numbers of a batch's events in its order; sorted for Inngest, which takes events of several requests in any order. */
export function batchOf(kind: EngineKind, events: { data: { n: number } }[]): number[] {
  const numbers = events.map(({ data }) => data.n);
  return kind === "embedded" ? numbers : numbers.sort((a, b) => a - b);
}
