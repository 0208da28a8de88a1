import type { Role } from "@/server/platform/context";

/** Who defines attributes; everybody in the workspace may read what is defined. */
export const attributeEditors = ["admin", "marketer"] as const satisfies readonly Role[];
export const mayEditAttributes = (role: Role): boolean => attributeEditors.some((editor) => editor === role);
