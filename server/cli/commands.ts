import { doctor } from "./doctor";

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
];
