// `npm run verify`: static checks only.
import { ensureInstalled } from "./bootstrap.mjs";
import { runChecks } from "./checks.mjs";

ensureInstalled();
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
