import { typeLabel } from "@/components/sla/policy-words";
import type { Figures } from "@/server/floor/figures";
import type { Report, ReportLine } from "@/server/floor/report";
import { formulas, type ReportDimension } from "@/server/floor/status";
import { formatCount, formatDate, formatDuration, formatPercent, nothing } from "@/server/platform/format";
import { ofWords } from "../words";

type Shown = {
  header: string;
  basis: string;
  text: (figures: Figures) => string;
  of: (figures: Figures) => string;
};

const seconds = (value: number | null) => (value === null ? nothing : formatDuration(Math.round(value)));
const percent = (value: number | null) => (value === null ? nothing : formatPercent(value));

const columns: readonly Shown[] = [
  {
    header: "Entered",
    basis: "Requests that entered in the period",
    text: ({ offered }) => formatCount(offered),
    of: () => "",
  },
  {
    header: "Service level",
    basis: formulas.serviceLevel,
    text: ({ serviceLevel }) => percent(serviceLevel),
    of: ({ of }) => ofWords(of.attemptMet, of.attemptDecided),
  },
  {
    header: "Talked in time",
    basis: formulas.contactLevel,
    text: ({ contactLevel }) => percent(contactLevel),
    of: ({ of }) => ofWords(of.contactMet, of.contactDecided),
  },
  {
    header: "ASA",
    basis: formulas.asa,
    text: ({ asa }) => seconds(asa),
    of: ({ waitMedian, waitP90 }) => `median ${seconds(waitMedian)}, nine of ten within ${seconds(waitP90)}`,
  },
  {
    header: "AHT",
    basis: formulas.aht,
    text: ({ aht }) => seconds(aht),
    of: ({ of }) => `${formatCount(of.connects)} calls, ${formatCount(of.selfReported)} self-reported`,
  },
  {
    header: "Connect rate",
    basis: formulas.connectRate,
    text: ({ connectRate }) => percent(connectRate),
    of: ({ of }) => ofWords(of.connects, of.attempts),
  },
  {
    header: "Abandoned",
    basis: formulas.abandonment,
    text: ({ abandonment }) => percent(abandonment),
    of: ({ of }) => ofWords(of.abandoned, of.offered),
  },
  {
    header: "Success",
    basis: formulas.successRate,
    text: ({ successRate }) => percent(successRate),
    of: ({ of }) => ofWords(of.talked, of.closed),
  },
  {
    header: "Resolved",
    basis: formulas.resolutionRate,
    text: ({ resolutionRate }) => percent(resolutionRate),
    of: ({ of }) => ofWords(of.resolved, of.closed),
  },
  {
    header: "First time",
    basis: formulas.fcr,
    text: ({ fcr }) => percent(fcr),
    of: ({ of }) => ofWords(of.firstTime, of.resolved),
  },
  {
    header: "On time",
    basis: formulas.onTime,
    text: ({ onTime }) => percent(onTime),
    of: ({ of }) => ofWords(of.kept, of.promises),
  },
  {
    header: "Satisfaction",
    basis: formulas.satisfaction,
    text: ({ satisfaction }) => (satisfaction === null ? nothing : formatCount(satisfaction, 2)),
    of: ({ of }) => `${formatCount(of.answers)} answers`,
  },
];

const nobody: Record<ReportDimension, string> = {
  day: "No day",
  agent: "Nobody yet",
  topic: "No topic",
  policy: "No policy",
  campaign: "No campaign",
};

function nameOf({ key, name }: ReportLine, by: ReportDimension): string {
  if (key === null) return nobody[by];
  if (by === "day") return formatDate(`${key}T00:00:00Z`, "UTC");
  if (by === "topic") return typeLabel(key);
  return name ?? "Removed";
}

/** A line for each day, agent, topic, policy or campaign; each figure says on hover what it was counted from. */
export function ReportTable({ report }: { report: Report }) {
  const { by, lines, total } = report;
  return (
    <section
      aria-label="Figures"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-surface"
    >
      <table className="w-full min-w-max text-sm">
        <thead>
          <tr className="border-line border-b text-muted">
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2 text-left font-medium capitalize">
              {by}
            </th>
            {columns.map(({ header, basis }) => (
              <th key={header} scope="col" title={basis} className="px-2.5 py-2 text-right font-medium">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key ?? "none"} className="border-line border-b">
              <th
                scope="row"
                className="sticky left-0 max-w-56 truncate bg-surface px-4 py-2 text-left font-normal"
              >
                {nameOf(line, by)}
              </th>
              <Cells figures={line.figures} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-medium">
            <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left font-medium">
              All
            </th>
            <Cells figures={total} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Cells({ figures }: { figures: Figures }) {
  return columns.map(({ header, text, of }) => (
    <td key={header} title={of(figures) || undefined} className="px-2.5 py-2 text-right tabular-nums">
      {text(figures)}
    </td>
  ));
}
