import { formatBytes, formatCount, formatDuration } from "@/server/platform/format";
import type { Look } from "./look";
import type { AccountTrouble, WorkspaceLook } from "./look-at-workspace";
import { type Finding, SILENT_AFTER_SECONDS } from "./status";

/** What waits longer than this, although nothing speaks against it, is stuck (seconds). */
const STUCK_SECONDS = 60;
const LITTLE_DISK_BYTES = 2 * 1024 ** 3;
const NO_DISK_BYTES = 500 * 1024 ** 2;
/** Fewer refusals say nothing about a provider. */
const SOME_REFUSALS = 10;
const MANY_REFUSALS = 0.1;
const MANY_CONNECTIONS = 0.9;

/** What is wrong, the worst first, each with what to do about it; empty when nothing is. */
export function judge(look: Look, workspace: WorkspaceLook): Finding[] {
  const all = [
    ...judgeDatabase(look.database),
    ...judgeProcesses(look),
    ...judgeDisk(look.disk),
    ...judgeQueue(workspace),
    ...workspace.accounts.flatMap(judgeAccount),
    ...judgeReceipts(look.database, workspace),
  ];
  return [
    ...all.filter(({ level }) => level === "danger"),
    ...all.filter(({ level }) => level === "attention"),
  ];
}

const danger = (title: string, advice: string, href?: string): Finding => ({
  level: "danger",
  title,
  advice,
  ...(href && { href }),
});
const attention = (title: string, advice: string, href?: string): Finding => ({
  ...danger(title, advice, href),
  level: "attention",
});

const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

function judgeDatabase(database: Look["database"]): Finding[] {
  if (!database)
    return [
      danger(
        "The database does not answer.",
        "Nothing is lost: what was stored is stored. Start the Postgres server, and look into ringback.log in the data directory.",
      ),
    ];
  const { figures, migrations } = database;
  return [
    ...(migrations === "behind"
      ? [
          danger(
            "The database is older than this program.",
            "Stop Ringback and start it again: npm start brings the database up to date.",
          ),
        ]
      : []),
    ...(migrations === "ahead"
      ? [
          attention(
            "The database is newer than this program.",
            "Start the version that you ran last, or a newer one.",
          ),
        ]
      : []),
    ...(figures.connections >= figures.mostConnections * MANY_CONNECTIONS
      ? [
          attention(
            `${figures.connections} of ${figures.mostConnections} database connections are in use.`,
            "Raise max_connections of the Postgres server, or lower DATABASE_POOL.",
          ),
        ]
      : []),
  ];
}

function judgeProcesses({ database, engine }: Look): Finding[] {
  const found: Finding[] = [];
  if (engine.kind === "silent")
    found.push(
      danger(
        "The workflow engine does not answer.",
        "Campaigns that run go on sending; new ones do not begin. npm start restarts the engine by itself. If it stays away, look for “engine” in ringback.log.",
      ),
    );
  if (!database) return found;
  const { beats, figures } = database;
  const silent = (age: number | undefined) => age === undefined || age > SILENT_AFTER_SECONDS;
  if (silent(beats.worker))
    found.push(
      danger(
        `The worker has been silent${since(beats.worker)}.`,
        "No message leaves and no file is imported. npm start restarts the worker by itself. If it stays silent, look for “worker” in ringback.log.",
      ),
    );
  else if (silent(beats.relay) && engine.kind !== "silent")
    found.push(
      danger(
        `The event relay has been silent${since(beats.relay)}.`,
        "The worker cannot hand events to the workflow engine. Check INNGEST_BASE_URL and INNGEST_EVENT_KEY, and look for “relay” in ringback.log.",
      ),
    );
  if (figures.outboxUnsent > 0 && figures.outboxOldestSeconds > STUCK_SECONDS)
    found.push(
      attention(
        `${counted(figures.outboxUnsent, "event waits", "events wait")} for the workflow engine, the oldest for ${formatDuration(figures.outboxOldestSeconds)}.`,
        "They go by themselves when worker and engine answer again.",
        "/settings/workflows",
      ),
    );
  if (silent(beats.web))
    found.push(
      attention(
        `No web process has reported${since(beats.web)}.`,
        "This page comes from one, so its connection to the database is slow or blocked. Look at the load of the database.",
      ),
    );
  // Only where one was started, and was not stopped in order.
  if (beats.intake !== undefined && silent(beats.intake))
    found.push(
      attention(
        `The event intake has been silent${since(beats.intake)}.`,
        "Events sent to its port are refused; those sent to the web process are taken. npm start restarts it by itself. If it stays silent, look for “intake” in ringback.log.",
      ),
    );
  return found;
}

const since = (age: number | undefined): string =>
  age === undefined ? ": it never reported" : ` for ${formatDuration(age)}`;

function judgeDisk(disk: Look["disk"]): Finding[] {
  if (!disk || disk.freeBytes >= LITTLE_DISK_BYTES) return [];
  const make = disk.freeBytes < NO_DISK_BYTES ? danger : attention;
  return [
    make(
      `Only ${formatBytes(disk.freeBytes)} are free on the disk of the data directory.`,
      "Free some space. With a full disk the embedded database stops taking changes.",
    ),
  ];
}

function judgeQueue({
  pending,
  oldestPendingSeconds,
  held,
  sendingStopped,
  accounts,
  lateRuns,
}: WorkspaceLook): Finding[] {
  const found: Finding[] = [];
  if (sendingStopped)
    found.push(
      attention(
        "Sending is stopped in this workspace.",
        "Somebody pressed the emergency stop. Start it again when you are ready.",
        "/settings/sending-rules",
      ),
    );
  const explained = sendingStopped || accounts.some(({ paused, waitSeconds }) => paused || waitSeconds > 0);
  if (pending > 0 && held === 0 && oldestPendingSeconds > STUCK_SECONDS && !explained)
    found.push(
      danger(
        `${counted(pending, "message has", "messages have")} waited for ${formatDuration(oldestPendingSeconds)}, and no worker sends ${pending === 1 ? "it" : "them"}.`,
        "Check that the worker runs, and that the channel has an account that can carry it.",
        "/settings/channels",
      ),
    );
  if (lateRuns > 0)
    found.push(
      danger(
        `${counted(lateRuns, "launched campaign has", "launched campaigns have")} not begun within two minutes.`,
        "The workflow that fixes the audience has not run. Open its run and see why.",
        "/settings/workflows",
      ),
    );
  return found;
}

function judgeAccount({ id, name, paused, trouble, waitSeconds, sent, failed }: AccountTrouble): Finding[] {
  const href = `/settings/channels/${id}`;
  const found: Finding[] = [];
  if (paused)
    found.push(
      attention(
        `“${name}” is paused.`,
        `${trouble ?? "Somebody paused it."} What waits for it goes when it is resumed.`,
        href,
      ),
    );
  else if (trouble) found.push(attention(`“${name}” reports trouble.`, trouble, href));
  if (waitSeconds > 0)
    found.push(
      attention(
        `“${name}” asked to slow down; nothing goes for ${formatDuration(Math.max(1, waitSeconds))}.`,
        "It goes on by itself. If it comes again and again, set a lower rate.",
        href,
      ),
    );
  if (failed >= SOME_REFUSALS && failed / (sent + failed) >= MANY_REFUSALS)
    found.push(
      attention(
        `“${name}” refused ${formatCount(failed)} of ${formatCount(sent + failed)} messages in the last half hour.`,
        "Open a campaign’s recipients and look at the reasons of those that failed.",
        href,
      ),
    );
  return found;
}

function judgeReceipts(database: Look["database"], { receiptsGivenUp }: WorkspaceLook): Finding[] {
  const found: Finding[] = [];
  if (database && database.figures.receiptsOpen > 0 && database.figures.receiptsOldestSeconds > STUCK_SECONDS)
    found.push(
      attention(
        `${counted(database.figures.receiptsOpen, "report of a provider waits", "reports of providers wait")}, the oldest for ${formatDuration(database.figures.receiptsOldestSeconds)}.`,
        "The worker works through them. Check that it runs.",
      ),
    );
  if (receiptsGivenUp > 0)
    found.push(
      attention(
        `${counted(receiptsGivenUp, "provider report", "provider reports")} could not be worked through.`,
        "Open the account and try them again.",
        "/settings/channels",
      ),
    );
  return found;
}
