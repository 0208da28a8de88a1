import { z } from "zod";

const share = z.number().min(0, "0 or more.").max(1, "At most everybody.").default(0);
/** A day: a demonstration that takes longer shows nothing. */
const seconds = z.number().int().min(0, "0 or more.").max(86_400, "At most a day.");

/** How the sandbox treats messages, and what its scripted customers do with them: shares from 0 to 1. */
export const sandboxConfig = z.object({
  /** Addresses that do not exist; the same ones each time. */
  bounce: share,
  /** Attempts that are asked to come again later. */
  throttle: share,
  /** Of the delivered messages: opened (e-mail) or read (WhatsApp). Nobody is told of an SMS that is read. */
  open: share,
  /** Of those that were opened, and of delivered SMS: a link is followed. */
  click: share,
  /** Of the delivered messages: answered. */
  reply: share,
  /** Of those that followed a link: they reach the goal that the campaign measures, worth the premium of their policy. */
  convert: share,
  /** Seconds after delivery: nothing happens before, and nothing begins after. */
  fastest: seconds.default(5),
  slowest: seconds.default(120),
  /** The same seed treats the same messages the same way. */
  seed: z.string().trim().max(40, "Use at most 40 characters.").default(""),
});
export type SandboxConfig = z.infer<typeof sandboxConfig>;

/** What scripted customers of an insurer's renewal drive may look like; an everyday result, nothing to boast of. */
export const usualScript: SandboxConfig = {
  bounce: 0.02,
  throttle: 0,
  open: 0.46,
  click: 0.18,
  reply: 0.04,
  convert: 0.22,
  fastest: 5,
  slowest: 300,
  seed: "",
};

/** Nobody does anything: every message arrives, and waits for a person to open it. */
export const quietScript: SandboxConfig = sandboxConfig.parse({});
