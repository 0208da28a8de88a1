import { z } from "zod";
import { apiScopeKeys } from "./status";

export const createKeyInput = z.object({
  name: z.string().trim().min(1, "Give the key a name.").max(80, "Keep the name under 80 characters."),
  scopes: z
    .array(z.enum(apiScopeKeys))
    .min(1, "Choose at least one thing that the key opens.")
    .transform((scopes) => apiScopeKeys.filter((scope) => scopes.includes(scope)))
    // Everything is everything.
    .transform((scopes) => (scopes.includes("*") ? (["*"] as const).slice() : scopes)),
});
export type CreateKeyInput = z.input<typeof createKeyInput>;

export const keyIdInput = z.object({ id: z.string() });

/** Hours for which the key before goes on opening, so that the systems that use it can be changed one by one. */
export const overlapHours = [0, 24, 168] as const;

export const rotateKeyInput = keyIdInput.extend({
  keepHours: z.union(overlapHours.map((hours) => z.literal(hours))),
});
export type RotateKeyInput = z.input<typeof rotateKeyInput>;
