"use client";

import { useState } from "react";
import { BarChart } from "@/components/charts/bar-chart";
import { Card } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { WorkspacePeriod } from "@/server/analytics/workspace";
import { formatMoney, nothing } from "@/server/platform/format";
import { placeLabel } from "./words";

const views = [
  { value: "messages", label: "Messages" },
  { value: "answers", label: "Answers" },
  { value: "money", label: "Money" },
] as const;
type View = (typeof views)[number]["value"];
const MICRO = 1_000_000;
/** More bars than this are hairs: days are then summed. */
const MOST_BARS = 45;

const series = {
  messages: [
    { key: "delivered", label: "Delivered", colour: 1 },
    { key: "opened", label: "Opened", colour: 3 },
    { key: "clicked", label: "Clicked", colour: 2 },
  ],
  answers: [
    { key: "converted", label: "Converted", colour: 4 },
    { key: "callbacks", label: "Callbacks", colour: 6 },
  ],
  money: [
    { key: "revenue", label: "Revenue", colour: 4 },
    { key: "cost", label: "Cost", colour: 5 },
  ],
} as const;

/** Day by day: what went out, what came back, what it was worth. */
export function PeriodChart({ days, currency, zone }: WorkspacePeriod) {
  const [view, setView] = useState<View>("messages");
  const step = Math.ceil(days.length / MOST_BARS);
  const points = Array.from({ length: Math.ceil(days.length / step) }, (_, nth) => {
    const part = days.slice(nth * step, (nth + 1) * step);
    const sum = (of: (day: (typeof days)[number]) => number) => part.reduce((all, day) => all + of(day), 0);
    return {
      label: placeLabel(part[0]?.at ?? "", "day"),
      values: {
        delivered: sum((day) => day.delivered),
        opened: sum((day) => day.opened),
        clicked: sum((day) => day.clicked),
        converted: sum((day) => day.converted),
        callbacks: sum((day) => day.callbacks),
        revenue: sum((day) => Number(day.revenue)) / MICRO,
        cost: sum((day) => Number(day.cost)) / MICRO,
      },
    };
  });
  const each = step === 1 ? "By day" : `In steps of ${step} days`;
  const money = (value: number | null) =>
    value === null ? nothing : formatMoney(String(Math.round(value * MICRO)), currency, 0);
  return (
    <Card>
      <BarChart
        title={view === "money" ? `${each}, ${currency}, ${zone}` : `${each}, ${zone}`}
        axis={step === 1 ? "Day" : "From"}
        series={series[view]}
        points={points}
        {...(view === "money" ? { format: money } : {})}
        actions={
          <SegmentedControl label="What is drawn" value={view} options={views} onValueChange={setView} />
        }
      />
    </Card>
  );
}
