/** Longer than any answer takes (ms): on a bad line somebody must not wait for minutes to hear that nothing comes. */
export const LONGEST_ANSWER_MS = 30_000;

const NO_LINE = "There is no connection to Ringback. Nothing that you entered is lost: try again.";
const NO_ANSWER =
  "No answer came: the line is bad. Nothing that you entered is lost. See whether it was done, and try again if it was not.";
const NOT_OURS =
  "Ringback cannot be reached at the moment. Nothing that you entered is lost: try again soon.";

/** Whichever comes first. Browsers of before 2024 cannot join two (Safari 17.3): there what the caller gives up counts. */
const joined = (signals: AbortSignal[]): AbortSignal | undefined =>
  signals.length > 1 && "any" in AbortSignal ? AbortSignal.any(signals) : signals[0];

/**
 * A `fetch` whose failures are sentences for a person.
 * @param longest how long an answer may take (ms); null: however long it takes
 * @throws Error with the sentence; what the caller itself gave up is thrown on as it is
 */
export function fetchOverLine(longest: number | null): typeof fetch {
  return async (input, init) => {
    const given = init?.signal ?? null;
    const limit = longest === null ? null : AbortSignal.timeout(longest);
    const signal = joined([given, limit].filter((each) => each !== null));
    const inWords = (error: unknown): never => {
      if (given?.aborted) throw error;
      throw new Error(signal?.aborted ? NO_ANSWER : NO_LINE, { cause: error });
    };
    const response = await fetch(input, { ...init, signal }).catch(inWords);
    // A gateway's page, not an answer of ours.
    if (!response.headers.get("content-type")?.includes("json")) throw new Error(NOT_OURS);
    // Whole before it counts as an answer: a line can break behind the head of one.
    const body = await response.text().catch(inWords);
    return new Response(body, { status: response.status, headers: response.headers });
  };
}
