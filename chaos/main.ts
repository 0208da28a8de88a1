/**
 * Breaking things on purpose:
 *
 *   npm run chaos -- sending [--long] [--wrong] [--seed=N]   the sending ledger, against what a mail server really took
 *   npm run chaos [-- kill | two | postgres | soak]          the workflow engine (server/engine/chaos)
 *
 * Ends with `N passed, N failed`, and with 1 when something failed.
 */
export {};

if (process.argv[2] === "sending") await (await import("./sending")).main(process.argv.slice(3));
else await import("@/server/engine/chaos/main");
