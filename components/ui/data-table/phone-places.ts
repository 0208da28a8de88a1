import { isValidElement, type ReactNode } from "react";
import { nothing } from "@/server/platform/format";
import type { Column } from "./types";

/** Beside a name in a window of 390 px there is room for this much. */
const roomBeside = 160;

/** Where a column stands in the row of a phone: its first line at the start or the end, or the lines below. */
export type PhonePlace = "name" | "beside" | "below" | "away";

/**
 * The places of the visible columns on a phone, where a row is never wider than the window. The first column names the row.
 * At the end of its line stand the row's buttons (a column without a header), else the second column when it is narrow.
 * `wide` columns are left out, all others follow below, each behind its header.
 */
export function phonePlaces<Row>(columns: readonly Column<Row>[]): PhonePlace[] {
  const kept = columns.slice(1).filter((column) => column.shown !== "wide");
  const second = kept[0] !== undefined && (kept[0].width ?? roomBeside) <= roomBeside ? kept[0] : undefined;
  const beside = kept.find((column) => column.header === "") ?? second;
  return columns.map((column, index) => {
    if (index === 0) return "name";
    if (column.shown === "wide") return "away";
    return column === beside ? "beside" : "below";
  });
}

/** Whether a cell says that there is nothing: below a name on a phone that is only noise. */
export function saysNothing(cell: ReactNode): boolean {
  return isValidElement<{ children?: ReactNode }>(cell) ? saysNothing(cell.props.children) : cell === nothing;
}

/** Of what a list shows only where it has room: not on a phone, nor beside a panel. */
export const wideOnly = "@max-3xl/list:hidden";

/** How a cell looks in each of the places; from `md` on it is a cell of the table. */
export const phoneClasses: Record<PhonePlace, string> = {
  name: "max-md:order-1 max-md:min-w-0 max-md:flex-1",
  beside: "max-md:order-2 max-md:max-w-1/2 max-md:shrink-0 max-md:text-right",
  below:
    "max-md:order-4 max-md:mt-1 max-md:flex max-md:max-w-full max-md:items-center max-md:text-left max-md:before:mr-1.5 max-md:before:text-faint max-md:before:content-[attr(data-label)]",
  away: wideOnly,
};
