import type { Metadata } from "next";
import { EventTable } from "@/components/events/event-table";
import { EventsForbidden } from "@/components/events/events-forbidden";
import { EventsHeader } from "@/components/events/events-header";
import { PageBody } from "@/components/ui/page-body";
import { eventsInputOf } from "@/server/events/schemas";
import { api } from "@/server/trpc/caller";
import { eventsViewer } from "./viewer";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: PageProps<"/customers/events">) {
  const { zone, maySend } = await eventsViewer();
  if (!maySend) return <EventsForbidden />;
  const input = eventsInputOf(await searchParams);
  const { events } = await api();
  const [page, names] = await Promise.all([events.list(input), events.names()]);
  return (
    <>
      <EventsHeader
        zone={zone}
        description="What happened to customers. Segments and the engagement score follow within a second."
      />
      <PageBody>
        <EventTable input={input} initial={page} names={names.map(({ name }) => name)} zone={zone} />
      </PageBody>
    </>
  );
}
