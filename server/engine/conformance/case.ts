import type { Inngest, InngestFunction } from "inngest";
import type { Driver } from "./driver";
import type { Ledger } from "./ledger";

export type EngineKind = "embedded" | "inngest";

/** What a case has at hand. `tag` is different in every execution, so a long-lived server does not mix them up. */
export type Scene = Driver & { client: Inngest.Any; ledger: Ledger; tag: string; kind: EngineKind };

/** One behaviour that both engines must show. */
export type Case = {
  title: string;
  /** Kinds that the behaviour is promised for; both when absent. */
  only?: EngineKind;
  /** Takes longer than the fast part of the suite allows. */
  slow?: boolean;
  functions?(scene: Scene): InngestFunction.Any[];
  verify(scene: Scene): Promise<void>;
};
