import type { Role } from "@/server/platform/context";

/** Who sends batches of events, and looks at the stream of them. */
export const eventSenders = ["admin", "marketer"] as const satisfies readonly Role[];
export const maySendEvents = (role: Role | null): boolean => eventSenders.some((sender) => sender === role);

/** The ways in which an event comes in. */
export const eventSources = ["api", "screen", "system"] as const;
export type EventSource = (typeof eventSources)[number];
export const eventSourceLabels: Record<EventSource, string> = {
  api: "Another system",
  screen: "This screen",
  system: "Ringback",
};
