import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { AddEvent } from "./add-event";
import { SendBatch } from "./send-batch";

const tabs = [
  { href: "/customers/events", label: "All events" },
  { href: "/customers/events/names", label: "Names" },
];

/** The top of the screens about events. */
export function EventsHeader({ description, zone }: { description: ReactNode; zone: string }) {
  return (
    <PageHeader
      title="Events"
      description={description}
      actions={
        <>
          <SendBatch />
          <AddEvent zone={zone} />
        </>
      }
      tabs={<LinkTabs label="Events" tabs={tabs} />}
    />
  );
}
