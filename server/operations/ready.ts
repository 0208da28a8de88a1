import { type Look, lookAtInstallation } from "./look";
import { type Part, SILENT_AFTER_SECONDS } from "./status";

type Answer = { ready: boolean; words: string };
/** What has to work before traffic is sent here; the web process answers this itself, so it is not among them. */
export type Readiness = { ready: boolean; parts: Record<Exclude<Part, "web">, Answer> };

const yes = (words: string): Answer => ({ ready: true, words });
const no = (words: string): Answer => ({ ready: false, words });

/** Whether this installation can do its work now, and if not, which part cannot. For load balancers and operators. */
export async function readiness(): Promise<Readiness> {
  const look = await lookAtInstallation();
  const parts = {
    database: look.database ? yes("It answers.") : no("It does not answer."),
    migrations: migrations(look),
    engine: engine(look),
    worker: beating(look, "worker", "No worker has reported"),
    relay: beating(
      look,
      "relay",
      "No event was handed to the workflow engine, nor was there none to hand over,",
    ),
  };
  return { ready: Object.values(parts).every(({ ready }) => ready), parts };
}

function migrations({ database }: Look): Answer {
  if (!database) return no("Not known: the database does not answer.");
  if (database.migrations === "behind") return no("The database is older than this program.");
  return yes(database.migrations === "same" ? "Up to date." : "The database is newer than this program.");
}

function engine({ engine }: Look): Answer {
  if (engine.kind === "external") return yes("An Inngest of your own runs the workflows; the relay tells.");
  return engine.kind === "answers" ? yes("It answers.") : no("It does not answer.");
}

function beating({ database }: Look, process: "worker" | "relay", words: string): Answer {
  if (!database) return no("Not known: the database does not answer.");
  const age = database.beats[process];
  if (age === undefined) return no(`${words} yet.`);
  return age <= SILENT_AFTER_SECONDS
    ? yes(`Reported ${Math.max(0, Math.round(age))} s ago.`)
    : no(`${words} for ${Math.round(age)} s.`);
}
