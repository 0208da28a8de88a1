import type { Core } from "./core";
import { discover } from "./endings";
import { inUnit } from "./intake";
import { rearmCancels } from "./runs";

type Refusal = { status: number; sentence: string };

/**
 * Lets a failed or cancelled run go on behind its last finished step: what succeeded is kept, what failed or was
 * pending is forgotten and done again with all its attempts. Null when it goes on, otherwise why not.
 */
export async function retryRun(core: Core, runId: string): Promise<Refusal | null> {
  return inUnit(core, async (unit) => {
    const { tx, functions } = unit;
    const [run] = await tx<
      { state: string; function_id: string; singleton_key: string | null; body: string }[]
    >`
      select r.state, r.function_id, r.singleton_key, e.body
      from engine.run r join engine.event e on e.id = r.event_id where r.id = ${runId} for update of r`;
    if (!run) return { status: 404, sentence: "There is no such run." };
    if (run.state !== "failed" && run.state !== "cancelled") {
      return { status: 409, sentence: "Only a failed or cancelled run can be tried again." };
    }
    const fn = functions.find(({ id }) => id === run.function_id);
    if (!fn) return { status: 409, sentence: "The function of this run is no longer registered." };
    const [rival] = run.singleton_key
      ? await tx`select 1 from engine.run where singleton_key = ${run.singleton_key} and ended_at is null`
      : [];
    if (rival) return { status: 409, sentence: "A newer run of this function is live, and only one may be." };
    await tx`
      update engine.run set state = 'queued', started_at = null, ended_at = null, output = null, error = null
      where id = ${runId}`;
    await tx`delete from engine.step where run_id = ${runId} and state <> 'done'`;
    await rearmCancels(unit, fn, runId, JSON.parse(run.body));
    await discover(unit, [runId]);
    return null;
  });
}
