import { z } from "zod";
import { type ContactChannel, contactChannels, type Purpose, purposes } from "@/server/consent/status";
import { pageLanguages } from "./content";

/** `promotional.email`: one box of the page. */
export type ChoiceKey = `${Purpose}.${ContactChannel}`;

export const choiceKey = (purpose: Purpose, channel: ContactChannel): ChoiceKey => `${purpose}.${channel}`;

const keys = purposes.flatMap((purpose) => contactChannels.map((channel) => choiceKey(purpose, channel)));
const choices = z.array(z.enum(keys as [ChoiceKey, ...ChoiceKey[]])).max(keys.length);

/**
 * What the page sends. `was` are the boxes that were ticked when it was shown: only what the customer moved is changed, so
 * that a page left open does not undo a STOP that was said meanwhile.
 */
export const changePreferencesInput = z.object({
  language: z.enum(pageLanguages),
  action: z.enum(["save", "stop"]),
  was: choices,
  allowed: choices,
});
export type ChangePreferencesInput = z.infer<typeof changePreferencesInput>;

/** The page's form; null for one that is not ours. A box that we do not know is left out. */
export function readPreferencesForm(form: URLSearchParams | null): ChangePreferencesInput | null {
  if (!form) return null;
  const known = (name: string) => keys.filter((key) => form.getAll(name).includes(key));
  const read = changePreferencesInput.safeParse({
    language: form.get("language"),
    action: form.get("action"),
    was: known("was"),
    allowed: known("allowed"),
  });
  return read.success ? read.data : null;
}

/** What the page says after a button. */
const notices = ["saved", "stopped", "same"] as const;
export type PreferenceNotice = (typeof notices)[number] | null;

export const noticeOf = (text: string | null): PreferenceNotice =>
  notices.find((notice) => notice === text) ?? null;
