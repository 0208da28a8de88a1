// Runs one of the project's own command-line entries: node scripts/run.mjs FILE [arguments]
import { ensureInstalled, runTypeScript } from "./bootstrap.mjs";

ensureInstalled();
const [file] = process.argv.splice(2, 1);
await runTypeScript(file);
