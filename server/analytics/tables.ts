import { listRecipients } from "@/server/deliveries";
import { reasonLabel } from "@/server/deliveries/status";
import type { Context } from "@/server/platform/context";
import type { Cell } from "@/server/platform/xlsx";
import { campaignBreakdown } from "./breakdown";
import { campaignCourse } from "./course";
import { renewalCollection } from "./renewals";
import type { ExportInput } from "./schemas";
import { type Counts, dimensionLabels, renewalLabels } from "./status";
import { workspacePeriod } from "./workspace";

export type Table = { name: string; columns: string[]; pages: AsyncGenerator<Cell[][]> };

const RECIPIENTS_AT_ONCE = 1_000;
const counted = [
  ...["targeted", "sent", "delivered", "bounced", "failed", "skipped", "opened", "clicked", "replied"],
  ...["unsubscribed", "complained", "converted", "conversions", "revenue", "cost"],
] as (keyof Counts)[];

/** Micro-units as a plain number of the currency's unit. */
const major = (micros: string): number => Number(micros) / 1_000_000;
const cellsOf = (counts: Counts): Cell[] =>
  counted.map((name) => {
    const value = counts[name];
    return typeof value === "number" ? value : major(value);
  });

async function* page(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows;
}

/** A table of the screens as rows of cells, with the rights of whoever asks. @throws AppError as its verb does */
export async function openTable(ctx: Context, input: ExportInput): Promise<Table> {
  switch (input.table) {
    case "breakdown": {
      const { rows } = await campaignBreakdown(ctx, input);
      const columns = [dimensionLabels[input.by], ...counted];
      return {
        name: `by-${input.by}`,
        columns,
        pages: page(rows.map((row) => [row.label || "Not known", ...cellsOf(row)])),
      };
    }
    case "course": {
      const { points, unit } = await campaignCourse(ctx, input);
      const columns = [unit, "sent", "delivered", "opened", "clicked", "converted", "cost", "revenue"];
      const rows = points.map((point) => [
        ...[point.at, point.sent, point.delivered, point.opened, point.clicked, point.converted],
        ...[major(point.cost), major(point.revenue)],
      ]);
      return { name: `by-${unit}`, columns, pages: page(rows) };
    }
    case "campaigns": {
      const { shares, from, until } = await workspacePeriod(ctx, input);
      const columns = [
        "campaign",
        "channel",
        "type",
        "goal",
        "template",
        "owner",
        ...counted.slice(1),
        "fixed_cost",
      ];
      const rows = shares.map((share) => [
        ...[share.name, share.channel, share.type, share.goal, share.template, share.ownerName],
        ...cellsOf(share).slice(1),
        major(share.fixedCost),
      ]);
      return { name: `campaigns-${from}-${until}`, columns, pages: page(rows) };
    }
    case "renewals": {
      const { parts, month } = await renewalCollection(ctx, input);
      const names = ["due", "before", "grace", "late", "open", "lapsed"] as const;
      const columns = [renewalLabels[input.by], ...names.flatMap((name) => [name, `${name}_amount`])];
      const rows = parts.map((row) => [
        row.key || "Not known",
        ...names.flatMap((name) => [row[name], major(row[`${name}Amount`])]),
      ]);
      return { name: `renewals-${month}`, columns, pages: page(rows) };
    }
    case "recipients":
      return recipients(ctx, input);
  }
}

/** Read page by page while it is taken. */
function recipients(ctx: Context, input: Extract<ExportInput, { table: "recipients" }>): Table {
  const { table: _, format: __, ...filters } = input;
  async function* pages(): AsyncGenerator<Cell[][]> {
    for (let after: string | undefined; ; ) {
      const { rows, next } = await listRecipients(ctx, { ...filters, after }, RECIPIENTS_AT_ONCE);
      yield rows.map((row) => [
        ...[
          row.name,
          row.address,
          row.state,
          row.reason && reasonLabel(row.reason),
          row.at?.toISOString() ?? null,
        ],
        ...[row.opened ? "yes" : "no", row.clicked ? "yes" : "no"],
      ]);
      if (next === null) return;
      after = next;
    }
  }
  return {
    name: "recipients",
    columns: ["customer", "address", "state", "reason", "at", "opened", "clicked"],
    pages: pages(),
  };
}
