import { withHotTransaction, withTransaction } from "@/db/transaction";
import { troubleAccount } from "@/server/channels";
import { suppressAddress } from "@/server/consent";
import { systemContext } from "@/server/platform/context";
import { loadCircumstances } from "./circumstances";
import { type Advance, advanceBatch, deadlineFrom, type Going, type Lease, membersBetween } from "./lease";
import { loadMembers, loadsSurely } from "./load-members";
import type { Member } from "./member";
import { pacedBatch, slowDown, waitForTomorrow } from "./pace";
import { pauseForBudget, pauseForChannel } from "./pause-for-channel";
import type { ResultRow } from "./record-results";
import { type Cut, sendWindow, type Tools, type Window } from "./send-window";
import { settleRows } from "./settle";
import { steadily } from "./steadily";
import { toInterrupted } from "./to-result";
import { endTrial, restUnreachable, speedUp } from "./unreachable";
import { withdrawForAddress } from "./withdraw-for-address";

/** How a batch left this holder. `fenced`: another holder has it. */
export type BatchEnd =
  | { end: "done" | "given_back" | "fenced" }
  /** The account does not answer, and rests. */
  | { end: "unreachable"; sentence: string }
  /** What the campaign sends cannot be had; `words` go in brackets. */
  | { end: "unprepared"; words: string };

export type Sender = Tools & {
  microBatch: number;
  /** Told after each recorded micro-batch. */
  onRecorded: (lease: Lease, rows: readonly ResultRow[]) => void;
};

/**
 * Sends a leased batch, a micro-batch at a time: one statement records the last results, renews the lease and moves the
 * intent cursor over the next members; then they are decided and handed over. The cursor runs ahead of the results by one
 * micro-batch at most, and that is all a crash can leave open.
 */
export async function sendBatch(lease: Lease, sender: Sender): Promise<BatchEnd> {
  let rows: ResultRow[] = [];
  let going: Going | null = null;
  for (;;) {
    if (sender.stopping() && lease.again.length === 0)
      return finish(lease, sender, { rows, to: lease.cursor, end: "given_back" });
    if (lease.again.length === 0 && lease.cursor === lease.size)
      return finish(lease, sender, { rows, to: lease.cursor, end: "done" });
    const most = pacedBatch(going, sender.microBatch);
    const to = lease.again.length > 0 ? lease.cursor : Math.min(lease.size, lease.cursor + most);
    const step = await takeNext(lease, sender, { rows, to, recorded: lease.cursor - lease.again.length });
    if (!step) return lose(lease, sender, rows);
    sender.onRecorded(lease, rows);
    rows = [];
    going = step.going;
    if (!going.go) {
      // A repeated statement may have moved the cursor before sending stopped: nothing there was begun.
      const left = lease.again.splice(0);
      const back = left.length > 0 ? step.members.map(toInterrupted) : [];
      return finish(lease, sender, { rows: back, to: lease.cursor, end: "given_back" });
    }
    lease.cursor = to;
    lease.again = [];
    const window = await sendWindow(lease, { members: step.members, going }, sender);
    await tellChannel(lease, sender, { window, going });
    if (window.cut?.why === "fenced") return lose(lease, sender, window.rows);
    if (window.cut && window.cut.why !== "deadline")
      return giveBack(lease, sender, { window, from: step.from, cut: window.cut });
    rows = window.rows;
    lease.again = window.left.map((member) => member.seq);
  }
}

type Step = { going: Going; members: Member[]; from: number };

/** Rules, hours, prices and the audience are read again after this. */
const CIRCUMSTANCES_MS = 3_000;

/**
 * Loads the next members, records and moves the cursor, at once. The call that records is a transaction of its own: it locks the
 * run's counts until its commit, and other lanes wait for them. It comes last where loading may fail for a reason of its own, so
 * that no intent stands for what nobody could decide. Repeated while the database is away.
 */
function takeNext(lease: Lease, sender: Sender, advance: Advance): Promise<Step | null> {
  const from = lease.cursor;
  const seqs = lease.again.length > 0 ? lease.again : membersBetween(lease, from, advance.to);
  return steadily(async () => {
    const old = performance.now() - lease.circumstances.readAt > CIRCUMSTANCES_MS;
    const loading = withHotTransaction(lease.workspaceId, async (sql) => {
      if (old) lease.circumstances = await loadCircumstances(sql, lease);
      return loadMembers(sql, lease, seqs);
    });
    // Where more follow, an intent that nobody carries out would leave many in doubt; a small batch is in a hurry.
    const part = seqs.length > 0 && seqs.length < lease.size;
    if (old || part || !loadsSurely(lease)) await loading;
    const asked = performance.now();
    const [members, going] = await Promise.all([loading, advanceBatch(lease, advance)]);
    if (!going) return null;
    lease.deadline = deadlineFrom(asked, lease.leaseMs);
    return { going, members, from };
  }, givingUp(sender));
}

/**
 * Another holder has the batch, and may have had to call unknown what this one knows the answer of: that is said now, as a
 * settlement. It changes nothing that has another state.
 */
async function lose(lease: Lease, sender: Sender, rows: ResultRow[]): Promise<BatchEnd> {
  const known = rows.filter(
    (row) => row.state === "delivered" || row.state === "sent" || row.state === "failed",
  );
  await steadily(
    () => withHotTransaction(lease.workspaceId, (sql) => settleRows(sql, lease, known)),
    givingUp(sender),
  );
  return { end: "fenced" };
}

/** Ends the lease with what is known. */
async function finish(
  lease: Lease,
  sender: Sender,
  { rows, to, end }: { rows: ResultRow[]; to: number; end: "done" | "given_back" },
): Promise<BatchEnd> {
  const ended = await steadily(() => advanceBatch(lease, { rows, to, recorded: to, end }), givingUp(sender));
  if (!ended) return lose(lease, sender, rows);
  sender.onRecorded(lease, rows);
  return { end };
}

/**
 * Gives a batch back in the middle of a window. The cursor returns to the first member that was not begun; where a later
 * one had gone already, or the window was not the cursor's own, the members between come back by the due list.
 */
async function giveBack(
  lease: Lease,
  sender: Sender,
  { window, from, cut }: { window: Window; from: number; cut: Cut },
): Promise<BatchEnd> {
  const own = membersBetween(lease, from, lease.cursor);
  const lastGone = own.findLastIndex((seq) => window.handedOver.has(seq));
  const firstLeft = window.left[0] ? own.indexOf(window.left[0].seq) : own.length;
  const place = own.length === 0 ? 0 : Math.max(lastGone + 1, firstLeft);
  const returned = new Set(own.slice(place));
  const rows = [
    ...window.rows.filter((row) => !returned.has(row.seq)),
    ...window.left.filter((member) => !returned.has(member.seq)).map(toInterrupted),
  ];
  const ctx = systemContext(lease.workspaceId);
  if (cut.why === "configuration")
    await steadily(
      () =>
        cut.scope === "account"
          ? troubleAccount(ctx, lease.account.accountId, cut.sentence)
          : pauseForChannel(ctx, lease.campaignId, cut.sentence),
      givingUp(sender),
    );
  if (cut.why === "over_budget")
    await steadily(() => pauseForBudget(ctx, lease.campaignId), givingUp(sender));
  const ended = await finish(lease, sender, { rows, to: from + place, end: "given_back" });
  if (ended.end === "given_back" && cut.why === "unreachable")
    return { end: "unreachable", sentence: cut.sentence };
  if (ended.end === "given_back" && cut.why === "unprepared") return { end: "unprepared", words: cut.words };
  return ended;
}

/** A stopping process tries for a few seconds more; what it cannot record then, the journal knows. */
function givingUp(sender: Sender): () => boolean {
  let since: number | null = null;
  return () => {
    if (!sender.stopping()) return false;
    since ??= performance.now();
    return performance.now() - since > 4_000;
  };
}

/** What a window showed about the channel: addresses that nobody tries again, and a provider that asked for less. */
async function tellChannel(
  lease: Lease,
  sender: Sender,
  { window, going }: { window: Window; going: Going },
): Promise<void> {
  const { dead, optedOut, throttled, cut } = window;
  const accepted = window.rows.filter(({ state }) => state === "delivered" || state === "sent").length;
  const refused = window.rows.filter(({ reason }) => reason === "throttled").length;
  if (dead.length > 0) await steadily(() => suppressDead(lease, dead), givingUp(sender));
  if (optedOut.length > 0) await steadily(() => withdraw(lease, optedOut), givingUp(sender));
  // Taken is taken, whatever else was refused: one that does not answer takes nothing.
  const takes = accepted > 0 && (lease.trial || going.throttled);
  if (takes) await steadily(() => speedUp(lease, { throttled: throttled !== null }), givingUp(sender));
  if (throttled)
    await steadily(
      () => slowDown(lease, { hintMs: throttled.hintMs, tookMost: accepted > refused }),
      givingUp(sender),
    );
  if (cut?.why === "unreachable")
    await steadily(() => restUnreachable(lease, cut.sentence), givingUp(sender));
  else if (lease.trial && !takes) await steadily(() => endTrial(lease), givingUp(sender));
  lease.trial = false;
  if (cut?.why === "daily_limit") await steadily(() => waitForTomorrow(lease), givingUp(sender));
}

/** Addresses that do not exist are not tried again by anybody. */
async function suppressDead(lease: Lease, dead: Window["dead"]): Promise<void> {
  const ctx = systemContext(lease.workspaceId);
  await withTransaction(ctx, async (tx) => {
    for (const { address, detail } of dead)
      await suppressAddress(tx, ctx, {
        channel: lease.channel,
        address,
        reason: "hard_bounce",
        origin: `${lease.account.provider} ${detail.slice(0, 40)}`,
      });
  });
}

/** Who has opted out at the provider has withdrawn the consent. */
async function withdraw(lease: Lease, optedOut: Window["optedOut"]): Promise<void> {
  const ctx = systemContext(lease.workspaceId);
  const { provider } = lease.account;
  for (const { address, publicId } of optedOut)
    await withdrawForAddress(ctx, {
      channel: lease.channel,
      address,
      evidence: { provider, execution: publicId },
    });
}
