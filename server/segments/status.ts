import type { Role } from "@/server/platform/context";

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
