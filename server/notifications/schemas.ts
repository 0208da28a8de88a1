import { z } from "zod";

export const notificationsPage = z.object({
  /** The id of the last one that was read: what is older. */
  cursor: z.uuid().nullish(),
});
export type NotificationsPage = z.input<typeof notificationsPage>;

/** One of them, or everything up to and with the newest that was seen. */
export const markReadInput = z.union([z.object({ id: z.string() }), z.object({ upTo: z.string() })]);
export type MarkReadInput = z.input<typeof markReadInput>;
