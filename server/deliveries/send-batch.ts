import { withHotConnection, withHotTransaction, withTransaction } from "@/db/transaction";
import { suppressAddress } from "@/server/consent";
import { systemContext } from "@/server/platform/context";
import { type Advance, advanceBatch, deadlineFrom, type Lease, membersBetween } from "./lease";
import { loadMembers, type Member } from "./load-members";
import { pauseForChannel } from "./pause-for-channel";
import type { ResultRow } from "./record-results";
import { type Cut, sendWindow, type Tools, type Window } from "./send-window";
import { settleRows } from "./settle";
import { steadily } from "./steadily";
import { toInterrupted } from "./to-result";

/** How a batch left this holder. `fenced`: another holder has it. */
export type BatchEnd =
  | { end: "done" | "given_back" | "fenced" }
  /** The channel does not answer: wait before the next batch, and say so. */
  | { end: "unreachable"; sentence: string };

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
  for (;;) {
    if (sender.stopping() && lease.again.length === 0)
      return finish(lease, sender, { rows, to: lease.cursor, end: "given_back" });
    if (lease.again.length === 0 && lease.cursor === lease.size)
      return finish(lease, sender, { rows, to: lease.cursor, end: "done" });
    const to = lease.again.length > 0 ? lease.cursor : Math.min(lease.size, lease.cursor + sender.microBatch);
    const step = await takeNext(lease, sender, { rows, to, recorded: lease.cursor - lease.again.length });
    if (!step) return lose(lease, sender, rows);
    sender.onRecorded(lease, rows);
    rows = [];
    if (step.campaignStatus !== "active") {
      // A repeated statement may have moved the cursor before the campaign stopped: nothing there was begun.
      const left = lease.again.splice(0);
      const back = left.length > 0 ? step.members.map(toInterrupted) : [];
      return finish(lease, sender, { rows: back, to: lease.cursor, end: "given_back" });
    }
    lease.cursor = to;
    lease.again = [];
    const window = await sendWindow(lease, step.members, sender);
    await suppressDead(lease, sender, window);
    if (window.cut?.why === "fenced") return lose(lease, sender, window.rows);
    if (window.cut && window.cut.why !== "deadline")
      return giveBack(lease, sender, { window, from: step.from, cut: window.cut });
    rows = window.rows;
    lease.again = window.left.map((member) => member.seq);
  }
}

type Step = { campaignStatus: string; members: Member[]; from: number };

/** Records, moves the cursor and loads the next members, on one connection. Repeated while the database is away. */
function takeNext(lease: Lease, sender: Sender, advance: Advance): Promise<Step | null> {
  const from = lease.cursor;
  const seqs = lease.again.length > 0 ? lease.again : membersBetween(lease, from, advance.to);
  return steadily(
    () =>
      withHotConnection(lease.workspaceId, async (sql) => {
        const asked = performance.now();
        const granted = await advanceBatch(sql, lease, advance);
        if (!granted) return null;
        lease.deadline = deadlineFrom(asked, lease.leaseMs);
        const members = await loadMembers(sql, lease, seqs);
        return { campaignStatus: granted.campaignStatus, members, from };
      }),
    givingUp(sender),
  );
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
  const ended = await steadily(
    () =>
      withHotConnection(lease.workspaceId, (sql) =>
        advanceBatch(sql, lease, { rows, to, recorded: to, end }),
      ),
    givingUp(sender),
  );
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
  if ("sentence" in cut && cut.why === "configuration")
    await steadily(
      () => pauseForChannel(systemContext(lease.workspaceId), lease.campaignId, cut.sentence),
      givingUp(sender),
    );
  const ended = await finish(lease, sender, { rows, to: from + place, end: "given_back" });
  if (ended.end === "given_back" && cut.why === "unreachable")
    return { end: "unreachable", sentence: cut.sentence };
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

/** Addresses that do not exist are not tried again by anybody. */
async function suppressDead(lease: Lease, sender: Sender, window: Window): Promise<void> {
  if (window.dead.length === 0) return;
  const ctx = systemContext(lease.workspaceId);
  await steadily(
    () =>
      withTransaction(ctx, async (tx) => {
        for (const { address, detail } of window.dead)
          await suppressAddress(tx, ctx, {
            channel: lease.channel,
            address,
            reason: "hard_bounce",
            origin: `smtp ${detail.slice(0, 40)}`,
          });
      }),
    givingUp(sender),
  );
}
