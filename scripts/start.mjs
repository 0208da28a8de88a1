// `npm start` and `npm run dev`: install what is missing, then hand over to the supervisor.
import { ensureInstalled, runTypeScript } from "./bootstrap.mjs";

process.stdout.write("\n  Ringback\n\n");
globalThis.installMs = ensureInstalled();
await runTypeScript("scripts/supervisor/main.ts");
