import { visitorOf } from "@/server/auth/visitor";
import { LARGEST_CALL } from "@/server/channels";
import { isId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { Seldom } from "@/server/platform/seldom";
import { readBody } from "./provider-calls";
import type { RefusedCalls } from "./refused-calls";

const log = loggerFor("webhooks");
const failures = new Seldom();

/** A provider's call as it came: `path` with its query, the raw bytes. */
type ProviderCall = { path: string; headers: Record<string, string>; body: Buffer };

type Door = {
  /** Callers of this door whom it refused: one door's do not close another. */
  refused: RefusedCalls;
  /** As the address that was called names it; there may be none. */
  accountId: string;
  /** Whether there is such an account; asked only when somebody guessed too often. */
  exists: () => Promise<boolean>;
  /** Stores the call; `unknown`: there is no such account, `refused`: it is not its provider's call. */
  receive: (call: ProviderCall) => Promise<"stored" | "unknown" | "refused">;
  /** What this provider wants to be answered with once its call is stored. */
  taken: () => Response;
};

/**
 * Stores what a provider tells and answers at once; the worker does what it says. Whoever is refused too often has to wait, and
 * what could not be stored is asked for again (503). Which of the two reasons there are to refuse a call is not told.
 */
export async function takeProviderCall(request: Request, door: Door): Promise<Response> {
  const { address } = visitorOf(request.headers);
  try {
    if (await mustWait(address, door))
      return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
    const body = await readBody(request, LARGEST_CALL);
    if (body === null) return new Response(null, { status: 413 });
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    const outcome = await door.receive({ path: pathname + search, headers, body });
    if (outcome === "stored") return door.taken();
    door.refused.count(outcome === "unknown" ? address : atAccount(address, door));
    return new Response(null, { status: 404 });
  } catch (error) {
    tellFailure(error, door);
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}

/**
 * A provider's own address is everybody's: whom one account refuses, and who guesses at accounts that do not exist, closes the
 * door to no account besides. Only the guesser's next guess costs no more than a look for its id.
 */
const mustWait = async (address: string, door: Door): Promise<boolean> =>
  door.refused.tooMany(atAccount(address, door)) || (door.refused.tooMany(address) && !(await door.exists()));

/** An id names its account in every letter case. */
const atAccount = (address: string, { accountId }: Door): string => `${address} ${accountId.toLowerCase()}`;

/** Anybody can make a broken account fail as often as they call it; an address may hold anything but an id. */
function tellFailure(err: unknown, { accountId: typed }: Door): void {
  const accountId = isId(typed) ? typed.toLowerCase() : undefined;
  if (failures.mayTell(`${accountId}`))
    log.error({ err, accountId }, "what a provider told could not be stored; told once a minute");
}
