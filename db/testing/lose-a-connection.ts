/**
 * A process that does what crashes others (porsager/postgres issue 1208): it goes on with a connection that is gone.
 * Arguments: the database's URL and, to see another fault, "fault". Says "alive" when it lives on.
 */
import postgres from "postgres";
import { surviveLostConnections } from "@/db/pool";

const [url = "", fault] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
surviveLostConnections((error, fatal) => say(`${fatal ? "fatal" : "lost"} ${error.message}`));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let closed: (() => void) | undefined;
const gone = new Promise<void>((resolve) => {
  closed = resolve;
});
const sql = postgres(url, { max: 2, onclose: () => closed?.() });
const reserved = await sql.reserve();
const [row] = await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`;
await sql`select pg_terminate_backend(${row?.pid ?? 0})`;
await gone;
reserved`select 1`.catch(() => undefined);
await pause(50);
if (fault) setImmediate(() => JSON.parse("no database's fault"));
await pause(50);
say("alive");
process.exit(0);
