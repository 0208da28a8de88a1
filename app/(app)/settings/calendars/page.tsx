import type { Metadata } from "next";
import { CalendarList } from "@/components/sla/calendar-list";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";
import { timeZones } from "@/server/workspaces/schemas";

export const metadata: Metadata = { title: "Calendars" };

export default async function CalendarsPage() {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Calendars" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader
        title="Calendars"
        description="The hours by which deadlines are counted. An edit is a new version: what was counted stays."
      />
      <PageBody width="content">
        <CalendarList
          calendars={await caller.sla.calendars()}
          timeZones={timeZones}
          zone={zone}
          mayEdit={role === "admin"}
        />
      </PageBody>
    </>
  );
}
