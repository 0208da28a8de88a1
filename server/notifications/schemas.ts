import { z } from "zod";

/** Unread ones are counted up to here; the bell then says "99+". */
export const MOST_COUNTED = 99;

export const notificationsPage = z.object({
  /** The id of the last one that was read: what is older. */
  cursor: z.uuid().nullish(),
});
export type NotificationsPage = z.input<typeof notificationsPage>;

/** One of them, or everything up to and with the newest that was seen. */
export const markReadInput = z.union([z.object({ id: z.string() }), z.object({ upTo: z.string() })]);
export type MarkReadInput = z.input<typeof markReadInput>;

/** The topic that moves with a member's notifications. */
export const notificationTopic = (membershipId: string): string => `notifications:${membershipId}`;

/** Where what a notification is about is looked at; null where it has no screen of its own. */
export function subjectHref(subjectType: string, subjectId: string): string | null {
  return subjectType === "campaign" ? `/campaigns/${subjectId}` : null;
}
