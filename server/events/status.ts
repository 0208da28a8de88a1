import type { Role } from "@/server/platform/context";

/** Who sends batches of events, and looks at the stream of them. */
export const eventSenders = ["admin", "marketer"] as const satisfies readonly Role[];
