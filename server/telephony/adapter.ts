/** One call to be bridged: the provider rings the agent, and when the agent answers, the customer. */
export type BridgeCall = {
  /** Ours; it travels with the call and comes back with what becomes of it. */
  callId: string;
  /** E.164, all three. `line` is what the customer sees. */
  agentPhone: string;
  customerPhone: string;
  line: string;
  record: boolean;
};

/** How long each phone rings (s). */
export const RING_SECONDS = 30;
/** The longest call (s). */
export const LONGEST_CALL_SECONDS = 3_600;

/** What asking a provider to place a call came to. */
export type PlaceOutcome =
  | { kind: "placed"; providerCallId: string }
  /**
   * Certainly not placed. `account`: somebody has to mend the account, which pauses; `number`: this number cannot be called;
   * `throttled`, `temporary`, `unreachable`: later. `sentence` is for the agent, `detail` for the log; neither names a number.
   */
  | {
      kind: "refused";
      reason: "account" | "number" | "throttled" | "temporary" | "unreachable";
      sentence: string;
      detail: string;
    }
  /** The provider may have placed it, and its answer is lost. Never dialled again blindly: it is asked. */
  | { kind: "unknown"; detail: string };

/** What a provider calls the progress of one leg. `answered`: being talked on; `completed`: was answered, and has ended. */
export type LegProgress =
  | "asked"
  | "ringing"
  | "answered"
  | "completed"
  | "busy"
  | "no_answer"
  | "failed"
  | "cancelled";

/**
 * What a provider tells of a call, in a webhook or when it is asked; the same for all. Reports come late, twice and out of
 * order: each says what it knows, and merging them in any order gives the same call.
 */
export type CallReport = {
  /** Null where the report names another id than the call's own (a recording's). */
  providerCallId: string | null;
  agent: LegProgress | null;
  customer: LegProgress | null;
  /** The whole call is over. */
  over: boolean;
  /** When the customer answered; null where the report does not say. */
  connectedAt: Date | null;
  endedAt: Date | null;
  /** Seconds that both talked. */
  talkSeconds: number | null;
  recordingUrl: string | null;
};

/** What a provider tells of a call that somebody made to a line of ours. */
export type InboundCall = {
  providerCallId: string;
  /** As the provider spells them; null where it does not say, or the caller hides the number. */
  from: string | null;
  line: string | null;
  /**
   * Nobody took it. False: somebody did, or it still rings. Null: what was told does not say, and the provider has to be asked
   * (`wasMissed`).
   */
  missed: boolean | null;
  /** When the provider says that it was; null where it does not. */
  at: Date | null;
};

/** How to find a call whose id at the provider is not known: who was rung, and since when. */
export type LostCall = Pick<BridgeCall, "agentPhone" | "customerPhone" | "line"> & {
  providerCallId: string | null;
  intendedAt: Date;
};

/**
 * A provider that bridges calls. Each adapter is one folder and passes one suite, over its fake (`server/calls/*.test.ts`, each
 * `describe.each(providers)`).
 */
export type TelephonyAdapter = {
  name: string;
  /** Resolves with what the provider said, or that it said nothing; never rejects for what a provider does. */
  place: (call: BridgeCall) => Promise<PlaceOutcome>;
  /** Asks what became of a call. `absent`: the provider certainly has none such; `unavailable`: it cannot be asked now. */
  find: (call: LostCall) => Promise<CallReport | "absent" | "unavailable">;
  webhooks: {
    /** Whether the call is the provider's, over the raw bytes and in constant time. */
    verify: (request: WebhookRequest) => boolean;
    /** @throws Error for bytes that the provider cannot have meant */
    parse: (request: WebhookRequest) => CallReport[];
    /**
     * What came to the address for missed calls; null for a call of our own.
     * @throws Error for what the provider cannot have meant
     */
    parseInbound: (request: WebhookRequest) => InboundCall | null;
  };
  /**
   * Asks whether nobody took a call to a line of ours, by its id at the provider. `unavailable`: it cannot be asked now, or
   * does not know yet.
   */
  wasMissed: (providerCallId: string) => Promise<boolean | "unavailable">;
  /** Asks whether the account works, without calling anybody. */
  check: () => Promise<CheckResult>;
  close: () => Promise<void>;
};

/** A provider's call, as it came. `url` is the address that the provider was given, with its query. */
export type WebhookRequest = { url: string; headers: Readonly<Record<string, string>>; body: Buffer };

export type CheckResult = { ok: true; facts: string[] } | { ok: false; sentence: string };

/** A report about nothing yet, for a parser to fill. */
export const emptyReport = (providerCallId: string | null): CallReport => ({
  providerCallId,
  agent: null,
  customer: null,
  over: false,
  connectedAt: null,
  endedAt: null,
  talkSeconds: null,
  recordingUrl: null,
});
