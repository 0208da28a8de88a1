import { z } from "zod";

/** A list that somebody looks at again: its address, without the place in it. */
export const viewInput = z.object({
  name: z.string().trim().min(1, "Give the view a name.").max(60, "Keep the name under 60 characters."),
  query: z.string().max(2_000),
});

export const viewId = z.object({ viewId: z.string() });

export type View = { id: string; name: string; query: string };
