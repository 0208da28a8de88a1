"use client";

import { DayRange } from "@/components/ui/day-range";
import { ExportButton } from "@/components/ui/export-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useUrl } from "@/components/ui/use-url";
import { type ReportDimension, reportDimensions } from "@/server/floor/status";

const labels: Record<ReportDimension, string> = {
  day: "By day",
  agent: "By agent",
  topic: "By topic",
  policy: "By policy",
  campaign: "By campaign",
};

type ReportControlsProps = { by: ReportDimension; show: "figures" | "breaches" };

/** Which days, in which lines, and the way to take the requests away. */
export function ReportControls({ by, show }: ReportControlsProps) {
  const url = useUrl();
  const days = new URLSearchParams();
  for (const name of ["from", "until"]) {
    const value = url.params.get(name);
    if (value) days.set(name, value);
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label="What to show"
        options={[
          { value: "figures", label: "Figures" },
          { value: "breaches", label: "Missed targets" },
        ]}
        value={show}
        onValueChange={(next) => url.set({ show: next === "figures" ? null : next })}
      />
      {show === "figures" && (
        <span className="w-40">
          <Select
            label="Lines"
            options={reportDimensions.map((value) => ({ value, label: labels[value] }))}
            value={by}
            onValueChange={(next) => url.set({ by: next === "day" ? null : next })}
          />
        </span>
      )}
      <DayRange />
      <ExportButton className="ml-auto" title="Callback requests" href={`/api/floor/export?${days}`}>
        Export requests
      </ExportButton>
    </div>
  );
}
