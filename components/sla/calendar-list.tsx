"use client";

import { CalendarClock, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LineActions } from "@/components/ui/line-actions";
import { useOpen } from "@/components/ui/use-open";
import { useAct } from "@/components/workspaces/use-act";
import type { CalendarLine } from "@/server/sla/list-calendars";
import { useTRPCClient } from "@/server/trpc/react";
import { CalendarDrawer } from "./calendar-drawer";
import { OpenState } from "./open-state";
import { weekWords } from "./words";

type CalendarListProps = {
  calendars: readonly CalendarLine[];
  timeZones: readonly string[];
  zone: string;
  mayEdit: boolean;
};

/** Business hours: what each says now, who counts by it, and the way to change it. */
export function CalendarList({ calendars, timeZones, zone, mayEdit }: CalendarListProps) {
  const client = useTRPCClient();
  const { act } = useAct();
  const { openId, open, close } = useOpen();
  const opened = calendars.find(({ id }) => id === openId);
  return (
    <div className="flex flex-col gap-4">
      {mayEdit && (
        <Button
          className="self-end"
          variant="primary"
          icon={<Plus aria-hidden />}
          onClick={() => open("new")}
        >
          New calendar
        </Button>
      )}
      {calendars.length === 0 && (
        <EmptyState icon={CalendarClock} title="No calendars">
          The first one is made with the first callback request.
        </EmptyState>
      )}
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {calendars.map((calendar) => (
          <li key={calendar.id} className="flex items-start gap-3 px-4 py-3">
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <p className="font-medium">{calendar.name}</p>
              <p className="text-muted text-sm">
                {weekWords(calendar.definition)} · {calendar.definition.zone.replaceAll("_", " ")}
                {holidayWords(calendar)}
              </p>
              <OpenState state={calendar.now} zone={calendar.definition.zone} />
              <p className="text-faint text-xs">
                {calendar.policies.length > 0
                  ? `Used by ${calendar.policies.join(", ")}`
                  : "No policy counts by it"}{" "}
                · version {calendar.version}
              </p>
            </div>
            {mayEdit && (
              <LineActions
                name={calendar.name}
                onChange={() => open(calendar.id)}
                {...(calendar.policies.length === 0
                  ? {
                      archive: {
                        title: `Archive ${calendar.name}?`,
                        description:
                          "No policy counts by it. Old deadlines that were counted by it stay explained.",
                        confirmLabel: "Archive the calendar",
                        run: async () => {
                          await client.sla.archiveCalendar.mutate({ calendarId: calendar.id });
                          act(async () => {}, `${calendar.name} was archived`);
                        },
                      },
                    }
                  : {})}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (opened || openId === "new") && (
        <CalendarDrawer calendar={opened ?? null} timeZones={timeZones} zone={zone} onClose={close} />
      )}
    </div>
  );
}

function holidayWords({ definition: { exceptions } }: CalendarLine): string {
  const active = exceptions.filter((one) => one.active).length;
  const waiting = exceptions.length - active;
  const words = active === 1 ? "1 holiday" : `${active} holidays`;
  return `${active > 0 ? ` · ${words}` : ""}${waiting > 0 ? ` · ${waiting} not active yet` : ""}`;
}
