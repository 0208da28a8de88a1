import { createBackupCommand, recoveredCommand, restoreBackupCommand } from "./backup";
import { createKeyCommand } from "./create-key";
import { doctor } from "./doctor";
import { importCustomers } from "./import-customers";
import { inboundMail } from "./inbound-mail";
import { launch } from "./launch-campaign";
import { metricsTokenCommand } from "./metrics-token";
import { createUserCommand, createWorkspaceCommand } from "./people";
import { rotateSecretsCommand } from "./rotate-secrets";
import { seed } from "./seed";

/** One command of the operator's tool. `run` resolves with the exit code. */
export type Command = {
  name: string;
  usage: string;
  help: string;
  needsDatabase: boolean;
  run: (args: string[]) => Promise<number>;
};

export const commands: Command[] = [
  {
    name: "doctor",
    usage: "",
    help: "Checks this machine and this installation, and says what to do about what is wrong.",
    needsDatabase: false,
    run: doctor,
  },
  {
    name: "seed",
    usage: "SCENARIO",
    help: "Writes a scenario's workspace with made-up people: insurance.",
    needsDatabase: true,
    run: seed,
  },
  {
    name: "workspace create",
    usage: "--name N --slug S",
    help: "Makes an empty workspace.",
    needsDatabase: true,
    run: createWorkspaceCommand,
  },
  {
    name: "user create",
    usage: "--workspace S --name N --role R --email E",
    help: "Makes a person who can sign in at once.",
    needsDatabase: true,
    run: createUserCommand,
  },
  {
    name: "key create",
    usage: "--name N --scopes '*' [--workspace S]",
    help: "Makes an API key and prints it, this once.",
    needsDatabase: true,
    run: createKeyCommand,
  },
  {
    name: "import customers",
    usage: "FILE --workspace S [--map H=F,…] [--check]",
    help: "Imports a CSV file of customers; --check only says what would happen.",
    needsDatabase: true,
    run: importCustomers,
  },
  {
    name: "campaign launch",
    usage: "ID [--watch]",
    help: "Launches a draft; --watch follows it to its end.",
    needsDatabase: true,
    run: launch,
  },
  {
    name: "backup create",
    usage: "DIR [--without-secrets]",
    help: "Copies database, files and secrets into a new directory, while everything goes on working.",
    needsDatabase: true,
    run: createBackupCommand,
  },
  {
    name: "backup restore",
    usage: "DIR [--overwrite]",
    help: "Puts a backup into the data directory of a stopped installation; sending stays stopped until you let it.",
    needsDatabase: false,
    run: restoreBackupCommand,
  },
  {
    name: "backup recovered",
    usage: "",
    help: "Stops sending in a database that its own tools brought back to an earlier time; run it before npm start.",
    needsDatabase: true,
    run: recoveredCommand,
  },
  {
    name: "secret rotate",
    usage: "[--sessions | --only-machine]",
    help: "Gives stored secrets a new key, while everything goes on working; --sessions makes everybody sign in anew.",
    needsDatabase: true,
    run: rotateSecretsCommand,
  },
  {
    name: "metrics-token",
    usage: "",
    help: "Prints what Prometheus sends as the bearer token to /metrics.",
    needsDatabase: false,
    run: metricsTokenCommand,
  },
  {
    name: "inbound-mail",
    usage: "",
    help: "Says how bounces, complaints and answers by mail come to this installation, with the key for mail services.",
    needsDatabase: false,
    run: inboundMail,
  },
];
