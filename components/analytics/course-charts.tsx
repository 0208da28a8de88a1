"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { BarChart } from "@/components/charts/bar-chart";
import { TimeChart } from "@/components/charts/time-chart";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { Course } from "@/server/analytics/course";
import { type CourseUnit, type Economics, moneyOf, noCounts } from "@/server/analytics/status";
import { formatMoney } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { placeLabel } from "./words";

const series = [
  { key: "delivered", label: "Delivered", colour: 1 },
  { key: "opened", label: "Opened", colour: 3 },
  { key: "clicked", label: "Clicked", colour: 2 },
  { key: "converted", label: "Converted", colour: 4 },
] as const;

type CourseChartsProps = { campaignId: string; economics: Economics; currency: string };

/** What happened when, and when it paid for itself, on the workspace's clock. */
export function CourseCharts({ campaignId, economics, currency }: CourseChartsProps) {
  const trpc = useTRPC();
  const [unit, setUnit] = useState<CourseUnit>();
  const { data } = useQuery(
    trpc.analytics.course.queryOptions({ campaignId, unit }, { placeholderData: keepPreviousData }),
  );
  if (!data) return <Skeleton className="h-80" />;
  if (data.points.length === 0)
    return (
      <Card title="Over time">
        <EmptyState title="Nothing happened yet">The course begins with the first message.</EmptyState>
      </Card>
    );
  const actions = (
    <SegmentedControl
      label="Sum by"
      value={data.unit}
      options={[
        { value: "hour", label: "Hours" },
        { value: "day", label: "Days" },
      ]}
      onValueChange={setUnit}
    />
  );
  return <CourseView course={data} economics={economics} currency={currency} actions={actions} />;
}

type CourseViewProps = Omit<CourseChartsProps, "campaignId"> & { course: Course; actions?: ReactNode };

/** The same, with a course that is there already. */
export function CourseView({ course, economics, currency, actions }: CourseViewProps) {
  const { unit, zone, points, cut } = course;
  return (
    <>
      <Card>
        <BarChart
          title={`By ${unit}, ${zone}`}
          axis={unit === "hour" ? "Hour from" : "Day"}
          series={series}
          points={points.map(({ at, delivered, opened, clicked, converted }) => ({
            label: placeLabel(at, unit),
            values: { delivered, opened, clicked, converted },
          }))}
          actions={actions}
        />
        {cut && <p className="mt-2 text-muted text-sm">The first four weeks. Days show all of it.</p>}
      </Card>
      <BreakEven course={course} economics={economics} currency={currency} />
    </>
  );
}

const MICRO = 1_000_000;

/** Revenue and cost as they grew, against the revenue that would pay for what was spent in the end. */
function BreakEven({
  course,
  economics,
  currency,
}: { course: Course } & Omit<CourseChartsProps, "campaignId">) {
  const { breakEven } = moneyOf(economics, noCounts);
  if (breakEven === null) return null;
  let revenue = 0;
  let cost = Number(economics.fixedCost);
  const points = course.points.map((point) => {
    revenue += Number(point.revenue);
    cost += Number(point.cost);
    return {
      label: placeLabel(point.at, course.unit),
      values: { revenue: revenue / MICRO, cost: cost / MICRO, breakEven: Number(breakEven) / MICRO },
    };
  });
  return (
    <Card>
      <TimeChart
        title={`Revenue and cost so far, ${currency}`}
        axis={course.unit === "hour" ? "Hour from" : "Day"}
        shape="line"
        series={[
          { key: "revenue", label: "Revenue", colour: 4 },
          { key: "cost", label: "Cost", colour: 5 },
          { key: "breakEven", label: "Break-even", colour: 6 },
        ]}
        points={points}
        format={(value) =>
          value === null ? "–" : formatMoney(String(Math.round(value * MICRO)), currency, 0)
        }
      />
    </Card>
  );
}
