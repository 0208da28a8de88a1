import { systemContext } from "@/server/platform/context";
import { workOnImport } from "../work";

// Works on an import, a chunk a line, until it is done or killed.
const [workspaceId = "", importId = ""] = process.argv.slice(2);
for (;;) {
  const { done } = await workOnImport(systemContext(workspaceId), { importId, mode: "run", chunks: 1 });
  process.stdout.write(done ? "done\n" : "chunk\n");
  if (done) break;
}
process.exit(0);
