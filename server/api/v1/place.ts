import { z } from "zod";

/** Which page of a list: `next_cursor` of the page before, and how many rows. */
export const place = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
