import { isAnswering } from "@/server/workflows";
import { isDraining } from "./drain";
import { PATIENCE_MS, readState, type State } from "./look";
import { type Part, SILENT_AFTER_SECONDS } from "./status";
import { within } from "./within";

type Answer = { ready: boolean; words: string };
/** What has to work before traffic is sent here. */
export type Readiness = { ready: boolean; parts: Record<Exclude<Part, "intake">, Answer> };

const yes = (words: string): Answer => ({ ready: true, words });
const no = (words: string): Answer => ({ ready: false, words });

/** Whether this installation can do its work now, and if not, which part cannot. For load balancers and operators. */
export async function readiness(): Promise<Readiness> {
  const [state, engine] = await Promise.all([within(PATIENCE_MS, readState()), isAnswering(PATIENCE_MS)]);
  const unrelayed = "No event was handed to the workflow engine, nor was there none to hand over,";
  const parts = {
    database: state ? yes("It answers.") : no("It does not answer."),
    migrations: migrations(state),
    engine: answering(engine),
    worker: beating(state, "worker", "No worker has reported"),
    relay: beating(state, "relay", unrelayed),
    web: isDraining() ? no("This process is being stopped: send it nothing new.") : yes("It answers."),
  };
  return { ready: Object.values(parts).every(({ ready }) => ready), parts };
}

function migrations(state: State | null): Answer {
  if (!state) return no("Not known: the database does not answer.");
  if (state.migrations === "behind") return no("The database is older than this program.");
  return yes(state.migrations === "same" ? "Up to date." : "The database is newer than this program.");
}

function answering(engine: boolean | null): Answer {
  if (engine === null) return yes("Inngest Cloud runs the workflows; the relay tells.");
  return engine ? yes("It answers.") : no("It does not answer.");
}

function beating(state: State | null, process: "worker" | "relay", words: string): Answer {
  if (!state) return no("Not known: the database does not answer.");
  const age = state.beats[process];
  if (age === undefined) return no(`${words} yet.`);
  return age <= SILENT_AFTER_SECONDS
    ? yes(`Reported ${Math.max(0, Math.round(age))} s ago.`)
    : no(`${words} for ${Math.round(age)} s.`);
}
