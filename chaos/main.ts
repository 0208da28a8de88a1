/**
 * Breaking things on purpose:
 *
 *   npm run chaos -- sending [--long] [--wrong] [--seed=N]   the sending ledger, against what a mail server really took
 *   npm run chaos -- day [--long] [--seed=N]                 a day of production on a moved clock, every promise recounted
 *   npm run chaos [-- kill | two | postgres | soak]          the workflow engine (server/engine/chaos)
 *
 * Ends with `N passed, N failed`, and with 1 when something failed.
 */
export {};

const [, , name, ...flags] = process.argv;
if (name === "sending") await (await import("./sending")).main(flags);
else if (name === "day") await (await import("./day")).main(flags);
else await import("@/server/engine/chaos/main");
