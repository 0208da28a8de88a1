import type { Role } from "@/server/platform/context";

/** Who sees customers: all of the workspace's, or the own book. */
export const customerReaders = [
  "admin",
  "marketer",
  "supervisor",
  "advisor",
] as const satisfies readonly Role[];
export const customerEditors = ["admin", "marketer", "advisor"] as const satisfies readonly Role[];

export const mayReadCustomers = (role: Role): boolean => customerReaders.some((reader) => reader === role);
export const mayEditCustomers = (role: Role): boolean => customerEditors.some((editor) => editor === role);
