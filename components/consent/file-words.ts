import type { Tone } from "@/components/ui/tone";
import type { FileKind, FileStatus } from "@/server/consent/schemas";

export const fileStatusLooks = {
  checking: { label: "Checking", tone: "information" },
  checked: { label: "Checked", tone: "accent" },
  importing: { label: "Taking in", tone: "information" },
  completed: { label: "Taken in", tone: "good" },
  failed: { label: "Failed", tone: "danger" },
  cancelled: { label: "Cancelled", tone: "neutral" },
} as const satisfies Record<FileStatus, { label: string; tone: Tone }>;

export const fileKindWords = {
  consents: {
    title: "Consents",
    columns: "customer_id, phone or email · channel · purpose · action · source · text or evidence · time",
    example:
      "customer_id,channel,purpose,action,source,text,evidence,time\r\nC-1001,whatsapp,promotional,granted,Branch form,Yes send me offers on WhatsApp,Form 4411,15/01/2026\r\n",
    help: "One consent in each row: whose, on which channel, for what, where it was given, the words or the evidence, and when. A later “no” is never overruled.",
  },
  suppressions: {
    title: "Suppressions",
    columns: "address (or phone, email) · channel · reason · origin",
    example: "address,channel,reason,origin\r\n9820041101,sms,DND,NCPR list of November\r\n",
    help: "One address in each row. Without a channel a number is suppressed for SMS, WhatsApp and calls; without a reason it is “added by hand”, which stops everything.",
  },
} as const satisfies Record<FileKind, Record<string, string>>;
