import { z } from "zod";

const share = z.number().min(0).max(1).default(0);

/** How the sandbox treats messages: shares from 0 to 1. */
export const sandboxConfig = z.object({
  /** Addresses that do not exist; the same ones each time. */
  bounce: share,
  /** Attempts that are asked to come again later. */
  throttle: share,
});
export type SandboxConfig = z.infer<typeof sandboxConfig>;
