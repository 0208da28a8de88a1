import type { Role } from "@/server/platform/context";

/** What the browser may know of segments: rules with their operators and fields, and who may do what. No zod. */
export { problemsOf } from "./rule/check";
export * from "./rule/fields";
export * from "./rule/model";
export type { Operator } from "./rule/operator";
export { months } from "./rule/operators-date";
export { channelLabels } from "./rule/other-conditions";
export type { ValueKind } from "./rule/values";
export { whenOperators } from "./rule/when";
export { customerField, type Names } from "./rule/world";
export { sentenceOf } from "./sentence";

export const segmentEditors = ["admin", "marketer"] as const satisfies readonly Role[];
const segmentReaders: readonly Role[] = ["admin", "marketer", "supervisor"];

type Member = { role: Role | null; isApprover: boolean };

export const mayEditSegments = ({ role }: Member): boolean =>
  segmentEditors.some((editor) => editor === role);
/** Whoever may look at campaigns: they say whom a campaign is for. */
export const mayReadSegments = ({ role, isApprover }: Member): boolean =>
  isApprover || (role !== null && segmentReaders.includes(role));

/** The longest name and description, in characters. */
export const longest = { name: 120, description: 500 } as const;
