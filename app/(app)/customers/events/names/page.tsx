import type { Metadata } from "next";
import { EventNames } from "@/components/events/event-names";
import { EventsForbidden } from "@/components/events/events-forbidden";
import { EventsHeader } from "@/components/events/events-header";
import { PageBody } from "@/components/ui/page-body";
import { api } from "@/server/trpc/caller";
import { eventsViewer } from "../viewer";

export const metadata: Metadata = { title: "Names of events" };

export default async function EventNamesPage() {
  const { zone, maySend } = await eventsViewer();
  if (!maySend) return <EventsForbidden />;
  const { events } = await api();
  return (
    <>
      <EventsHeader
        zone={zone}
        description="Every name under which events have come in. Any name can be sent."
      />
      <PageBody>
        <EventNames initial={await events.names()} zone={zone} />
      </PageBody>
    </>
  );
}
