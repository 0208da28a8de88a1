import { z } from "zod";

/** MSG91, Indian SMS with DLT: what is not secret. Entity, header and texts come from the imported registry. */
export const msg91Config = z.object({
  /** The entity that the registry's texts belong to; refuses texts of another. */
  entityId: z
    .string()
    .trim()
    .regex(/^\d{15,25}$/, "The principal entity id of the DLT portal: 19 digits."),
});
export type Msg91Config = z.infer<typeof msg91Config>;

export const msg91Secrets = z.object({
  authKey: z.string().trim().min(10, "Paste the auth key of the MSG91 panel.").max(200),
});
export type Msg91Secrets = z.infer<typeof msg91Secrets>;
