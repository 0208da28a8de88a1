import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import { type AttributeDefinition, attributeText } from "@/server/attributes/schemas";
import { recordAudit } from "@/server/platform/audit";
import { readToday } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { CSV_MARK, csvLine } from "@/server/platform/csv";
import { parseId } from "@/server/platform/ids";
import { cursorOf, placeOf } from "./cursor";
import { matching } from "./filter";
import type { PlacedLine } from "./list";
import { readLines } from "./list";
import { type Masker, maskerFor } from "./masking";
import { type CustomerFilters, type CustomerSort, customerFilterNames } from "./schemas";
import { inScope } from "./scope";
import { customerEditors } from "./status";

const ROWS_A_PAGE = 1_000;

type Export = { sort: CustomerSort } & ({ filters: CustomerFilters } | { ids: string[] });

const columns: [header: string, cell: (line: PlacedLine) => string | number | null][] = [
  ["external_id", (line) => line.externalId],
  ["name", (line) => line.name],
  ["phone", (line) => line.phone],
  ["email", (line) => line.email],
  ["language", (line) => line.language],
  ["city", (line) => line.city],
  ["tier", (line) => line.tier],
  ["engagement", (line) => line.engagementScore],
  ["promotion_stopped_by", (line) => line.stopState],
  ["tags", (line) => line.tags.join(";")],
  ["advisor", (line) => line.advisorName],
  ["policies", (line) => line.policies],
  ["next_due", (line) => line.nextRenewal],
  ["added", (line) => line.createdAt],
];

/**
 * The customers of a list as CSV for a spreadsheet, in the list's order, read page by page. The audit log says who took how
 * much of the list away, and by which filters.
 * @throws AppError FORBIDDEN, before the first piece
 */
export async function exportCustomers(
  ctx: Context,
  input: Export,
): Promise<{ name: string; content: AsyncGenerator<string> }> {
  requireRole(ctx, ...customerEditors);
  const { masker, definitions, day } = await withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    // A filter that cannot be used is told before the first piece.
    await whereOf(tx, ctx, input, masker);
    await recordAudit(tx, ctx, {
      action: "customers.exported",
      subjectType: "customers",
      subjectId: ctx.workspaceId,
      after: "ids" in input ? { ticked: input.ids.length } : { filters: namesOf(input.filters) },
    });
    return { masker, definitions: await readAttributes(tx, ctx), day: await readToday(tx, ctx) };
  });
  async function* content(): AsyncGenerator<string> {
    yield CSV_MARK + csvLine([...columns.map(([header]) => header), ...definitions.map(({ key }) => key)]);
    for (let cursor: string | undefined; ; ) {
      const place = placeOf(input.sort, { cursor, backwards: false });
      const page = await withTransaction(ctx, async (tx) =>
        readLines(tx, {
          where: sql`${await whereOf(tx, ctx, input, masker)} and ${place.where}`,
          order: place.order,
          sort: input.sort,
          limit: ROWS_A_PAGE,
        }),
      );
      yield page.map((line) => csvLine(cellsOf(line, masker, definitions))).join("");
      const last = page.at(-1);
      if (page.length < ROWS_A_PAGE || !last) return;
      cursor = cursorOf(last);
    }
  }
  return { name: `customers-${day}.csv`, content: content() };
}

const whereOf = async (tx: Transaction, ctx: Context, input: Export, { masks }: Masker): Promise<SQL> =>
  "ids" in input
    ? sql`${inScope(ctx)} and c.id = any(${sql.param(input.ids.map(parseId))}::uuid[])`
    : matching(tx, ctx, { filters: input.filters, masked: masks });

/** Which filters were set, never what they were set to: a search is a name. */
const namesOf = (filters: CustomerFilters): string[] => [
  ...(filters.search ? ["search"] : []),
  ...customerFilterNames.filter((name) => filters[name].length > 0),
];

const cellsOf = (line: PlacedLine, masker: Masker, definitions: AttributeDefinition[]): string[] => {
  const shown = { ...line, phone: masker.phone(line.phone), email: masker.email(line.email) };
  return [
    ...columns.map(([, cell]) => String(cell(shown) ?? "")),
    ...definitions.map(({ key }) => attributeText(line.attributes[key])),
  ];
};
