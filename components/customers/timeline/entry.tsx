"use client";

import {
  FileInput,
  type LucideIcon,
  MailOpen,
  MessageSquareReply,
  Pencil,
  PhoneCall,
  Send,
  ShieldCheck,
  StickyNote,
  Zap,
} from "lucide-react";
import type { ReactNode } from "react";
import type { TimelineEntry, TimelineKind } from "@/server/customers/content";
import type { CustomerDetail } from "@/server/customers/get";
import { formatDateTime, formatTime } from "@/server/platform/format";
import { ChangeEntry, ImportEntry } from "./change-entries";
import {
  CallbackEntry,
  ConsentEntry,
  EventEntry,
  MessageEntry,
  ReactionEntry,
  ResponseEntry,
} from "./contact-entries";
import { NoteEntry } from "./note-entry";

/** Who reads the timeline: a note of one's own can be changed, and only some may open the inbox or a campaign. */
export type Reader = { userId: string; zone: string; opensCampaigns: boolean };

const icons: Record<TimelineKind, LucideIcon> = {
  message: Send,
  reaction: MailOpen,
  response: MessageSquareReply,
  callback: PhoneCall,
  event: Zap,
  consent: ShieldCheck,
  note: StickyNote,
  change: Pencil,
  import: FileInput,
};

type EntryProps = { entry: TimelineEntry; customer: CustomerDetail; reader: Reader };

/** One line of a timeline: what kind of thing, what it was, and when. */
export function Entry({ entry, customer, reader }: EntryProps) {
  const Icon = icons[entry.kind];
  return (
    <li className="group/entry relative flex gap-3 pb-4 last:pb-1">
      <span aria-hidden className="absolute top-7 bottom-0 left-3.25 w-px bg-line group-last/entry:hidden" />
      <span className="flex size-6.5 shrink-0 items-center justify-center rounded-full border border-line bg-surface text-muted">
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-sm">{contentOf({ entry, customer, reader })}</div>
      <time
        dateTime={entry.at}
        title={formatDateTime(entry.at, reader.zone, true)}
        className="shrink-0 pt-0.5 text-faint text-xs leading-5"
      >
        {formatTime(entry.at, reader.zone)}
      </time>
    </li>
  );
}

function contentOf({ entry, customer, reader }: EntryProps): ReactNode {
  switch (entry.kind) {
    case "message":
      return <MessageEntry entry={entry} reader={reader} />;
    case "reaction":
      return <ReactionEntry entry={entry} reader={reader} />;
    case "response":
      return <ResponseEntry entry={entry} />;
    case "callback":
      return <CallbackEntry entry={entry} />;
    case "event":
      return <EventEntry entry={entry} />;
    case "consent":
      return <ConsentEntry entry={entry} />;
    case "note":
      return <NoteEntry entry={entry} reader={reader} />;
    case "change":
      return <ChangeEntry entry={entry} definitions={customer.definitions} />;
    case "import":
      return <ImportEntry entry={entry} definitions={customer.definitions} />;
  }
}
