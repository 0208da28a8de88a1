import type { Role } from "@/server/platform/context";

type Member = { role: Role | null; isApprover: boolean };

/** Who may change templates. */
export const templateEditors = ["admin", "marketer"] as const satisfies readonly Role[];
const everythingReaders: readonly Role[] = ["admin", "marketer", "supervisor"];

export const mayEditTemplates = ({ role }: Member): boolean =>
  templateEditors.some((editor) => editor === role);

/** Whoever may build campaigns may begin one with a template: an advisor with an approved one. */
export const mayUseTemplates = ({ role }: Member): boolean =>
  role === "advisor" || templateEditors.some((editor) => editor === role);

/** Administrators, and approvers in whatever role they are. */
export const mayApproveTemplates = ({ role, isApprover }: Member): boolean => isApprover || role === "admin";

/** Whether somebody sees templates at all; an advisor sees those that are approved. */
export const mayReadTemplates = (member: Member): boolean =>
  seesAllTemplates(member) || member.role === "advisor";

/** Whether somebody also sees templates that are not approved or out of use. */
export const seesAllTemplates = ({ role, isApprover }: Member): boolean =>
  isApprover || (role !== null && everythingReaders.includes(role));

/** Named like the languages of customers, whom templates are written for. */
export { languageLabel, languageLabels } from "@/server/customers/schemas";

/** What brought a version about, for the list of versions. */
export const causeLabels = {
  built_in: "Built-in text",
  edited: "Edited",
  restored: "Restored",
  saved: "Saved from a campaign",
  imported: "Imported",
  copied: "Copied",
} as const;
export type VersionCause = keyof typeof causeLabels;
