import { closeDatabase } from "@/db/client";
import { env } from "@/env";
import { commands } from "./commands";
import { connectInstallation } from "./installation";

/** The operator's tool: `npm run ringback -- COMMAND [arguments]`. Exits 1 with a sentence when something is wrong. */
async function run(args: string[]): Promise<number> {
  const command = commands.find(({ name }) => name === args.slice(0, name.split(" ").length).join(" "));
  if (!command) {
    console.log(usage());
    return args.length === 0 || args[0] === "help" ? 0 : 2;
  }
  const release = command.needsDatabase ? await connectInstallation() : async () => {};
  try {
    return await command.run(args.slice(command.name.split(" ").length));
  } finally {
    await closeDatabase();
    await release();
  }
}

function usage(): string {
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  const lines = commands.map(({ name, usage, help }) => `  ${`${name} ${usage}`.padEnd(width)}  ${help}`);
  return ["Usage: npm run ringback -- COMMAND", "", ...lines].join("\n");
}

run(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error && env.LOG_LEVEL !== "debug" ? error.message : error);
    process.exitCode = 1;
  });
