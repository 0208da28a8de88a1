import { createReadStream } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  checkImport,
  configureImport,
  getImport,
  type ImportDetail,
  runImport,
  uploadImport,
  workOnImport,
} from "@/server/imports";
import { importOptionsSchema, mappingSchema } from "@/server/imports/schemas";
import { type Context, systemContext } from "@/server/platform/context";
import { findWorkspace } from "@/server/workspaces";
import { printBar } from "./progress";

const USAGE =
  "Give a file and --workspace (a slug). --map 'Header=field,Other header=attribute:name' names the columns; left out, they are guessed.";

/**
 * `import customers FILE --workspace S [--map …] [--row-number-as-id] [--check]`: takes a CSV file of customers with the
 * verbs of the screen; --check only says what would happen. Consent is never taken from a file here.
 */
export async function importCustomers(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      map: { type: "string" },
      "row-number-as-id": { type: "boolean" },
      check: { type: "boolean" },
    },
  });
  const [file] = positionals;
  const workspaceId = await findWorkspace(values.workspace ?? "");
  if (!file || !workspaceId) {
    console.error(USAGE);
    return 2;
  }
  const ctx = systemContext(workspaceId);
  const { importId } = await uploadImport(ctx, {
    fileName: path.basename(file),
    content: createReadStream(file),
  });
  const uploaded = await getImport(ctx, { importId });
  await configureImport(ctx, {
    importId,
    mapping: values.map ? parseMapping(values.map) : mappingSchema.parse(uploaded.mapping),
    options: importOptionsSchema.parse({
      ...uploaded.options,
      ...(values["row-number-as-id"] ? { rowNumberAsId: true } : {}),
    }),
  });
  await checkImport(ctx, { importId });
  let result = await work(ctx, importId, "check");
  if (!values.check && result.status === "checked") {
    await runImport(ctx, { importId });
    result = await work(ctx, importId, "run");
  }
  console.log(`\n${summarise(result)}`);
  return result.status === "failed" ? 1 : 0;
}

function parseMapping(text: string): Record<string, string> {
  return mappingSchema.parse(
    Object.fromEntries(text.split(",").map((pair) => pair.split("=").map((part) => part.trim()))),
  );
}

/** Works in this process; a running worker may help, the import's row is the gate. */
async function work(ctx: Context, importId: string, mode: "check" | "run"): Promise<ImportDetail> {
  for (;;) {
    const { done } = await workOnImport(ctx, { importId, mode, chunks: 2 });
    const now = await getImport(ctx, { importId });
    printBar(now.rowsRead, now.rowsTotal ?? now.rowsRead, null);
    if (done) return now;
  }
}

function summarise(result: ImportDetail): string {
  if (result.failure) return result.failure;
  const number = (value: number) => value.toLocaleString("en-IN");
  // The counters begin anew when the import does; a check keeps its own counts.
  const { created, updated, unchanged, rejected } =
    result.status === "checked" && result.checked
      ? result.checked
      : {
          created: result.rowsCreated,
          updated: result.rowsUpdated,
          unchanged: result.rowsUnchanged,
          rejected: result.rowsRejected,
        };
  const would = result.status === "checked" ? "Would be " : "";
  const counts = `${would}${number(created)} created, ${number(updated)} updated, ${number(unchanged)} unchanged, ${number(rejected)} rejected`;
  return [
    counts,
    ...result.reasons.map(({ reason, count }) => `${number(count).padStart(8)}  ${reason}`),
  ].join("\n");
}
