import type { Rows } from "../table";
import { callRows } from "./calls";
import { campaignRows } from "./campaigns";
import { channelRows } from "./channels";
import { customerRows } from "./customers";
import { workspaceRows } from "./workspace";

/** Who may call what, of every procedure. Written down by hand: nothing of it is read from the code that it checks. */
export const rows: Rows = {
  ...workspaceRows,
  ...customerRows,
  ...campaignRows,
  ...callRows,
  ...channelRows,
};
