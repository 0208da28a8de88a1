import { cn } from "../cn";
import { wideOnly } from "./phone-places";
import type { Column } from "./types";

type TotalsRowProps<Row> = { columns: readonly Column<Row>[]; ticks: boolean };

/** The last line: what each column comes to. On a phone each total stands behind the name of its column. */
export function TotalsRow<Row>({ columns, ticks }: TotalsRowProps<Row>) {
  return (
    <tfoot className="max-md:block">
      <tr className="max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:border-line max-md:border-t max-md:bg-canvas max-md:px-3 max-md:py-2.5">
        {ticks && <td className="sticky bottom-0 border-line border-t bg-canvas max-md:hidden" />}
        {columns.map((column, index) => (
          <td
            key={column.id}
            data-label={column.header}
            className={cn(
              "sticky bottom-0 h-9 truncate border-line border-t bg-canvas px-3 font-medium text-ink",
              "max-md:static max-md:h-auto max-md:border-t-0 max-md:px-0",
              column.align === "end" && "text-right",
              index > 0 &&
                "max-md:before:mr-1.5 max-md:before:font-normal max-md:before:text-faint max-md:before:content-[attr(data-label)]",
              column.total === undefined && "max-md:hidden",
              column.shown === "wide" && wideOnly,
            )}
          >
            {column.total}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
