import type { Role } from "@/server/platform/context";

/** Every state of an import. */
export const importStatuses = [
  "uploaded",
  "checking",
  "checked",
  "importing",
  "completed",
  "cancelled",
  "failed",
  "undoing",
  "undone",
] as const;
export type ImportStatus = (typeof importStatuses)[number];

type Tone = "neutral" | "information" | "good" | "attention" | "danger";

/** How a state reads, and which meaning colours it. */
export const statusLabels = {
  uploaded: { label: "Uploaded", tone: "neutral" },
  checking: { label: "Checking", tone: "information" },
  checked: { label: "Checked", tone: "information" },
  importing: { label: "Importing", tone: "information" },
  completed: { label: "Imported", tone: "good" },
  cancelled: { label: "Cancelled", tone: "attention" },
  failed: { label: "Failed", tone: "danger" },
  undoing: { label: "Undoing", tone: "attention" },
  undone: { label: "Undone", tone: "neutral" },
} as const satisfies Record<ImportStatus, { label: string; tone: Tone }>;

type Transition = { from: readonly ImportStatus[]; to: ImportStatus; done: string };

/**
 * What each verb leaves and where it leads. A check that is cancelled goes back to `uploaded`: nothing was written.
 * `failed` may be mapped and checked again only when no customer was touched (`failure` before the first row).
 */
export const transitions = {
  configure: { from: ["uploaded", "checked", "failed"], to: "uploaded", done: "changed" },
  check: { from: ["uploaded", "checked", "failed"], to: "checking", done: "checked" },
  finishCheck: { from: ["checking"], to: "checked", done: "checked" },
  run: { from: ["checked"], to: "importing", done: "imported" },
  finishRun: { from: ["importing"], to: "completed", done: "completed" },
  cancelCheck: { from: ["checking"], to: "uploaded", done: "cancelled" },
  cancelRun: { from: ["importing"], to: "cancelled", done: "cancelled" },
  undo: { from: ["completed", "cancelled", "failed"], to: "undoing", done: "undone" },
  finishUndo: { from: ["undoing"], to: "undone", done: "undone" },
} as const satisfies Record<string, Transition>;
export type ImportVerb = keyof typeof transitions;

/** The row of the table, with its wide type. */
export const transitionOf = (verb: ImportVerb): Transition => transitions[verb];

/** True while a process works on it. */
export const isUnderWay = (status: ImportStatus): boolean =>
  status === "checking" || status === "importing" || status === "undoing";

/** Who imports customers. */
export const importers = ["admin", "marketer"] as const satisfies readonly Role[];
export const mayImport = (role: Role): boolean => importers.some((importer) => importer === role);
