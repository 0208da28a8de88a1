import { z } from "zod";

/** Where Exotel keeps the account; its addresses differ. */
export const exotelRegions = { mumbai: "api.in.exotel.com", singapore: "api.exotel.com" } as const;

export const exotelConfig = z.object({
  accountSid: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{3,60}$/, "Copy the account SID from Exotel’s API settings."),
  region: z.enum(["mumbai", "singapore"]).default("mumbai"),
});
export type ExotelConfig = z.infer<typeof exotelConfig>;

export const exotelSecrets = z.object({
  apiKey: z.string().trim().min(8, "Paste the API key.").max(200),
  apiToken: z.string().trim().min(8, "Paste the API token.").max(200),
});
export type ExotelSecrets = z.infer<typeof exotelSecrets>;
