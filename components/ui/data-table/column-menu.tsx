"use client";

import { Columns3 } from "lucide-react";
import { DropdownMenu, MenuCheckboxItem, MenuItem, MenuLabel, MenuSeparator } from "../dropdown-menu";
import { IconButton } from "../icon-button";
import type { Column } from "./types";
import type { ColumnLayout } from "./use-columns";

type ColumnMenuProps<Row> = { columns: readonly Column<Row>[]; layout: ColumnLayout<Row> };

/** Which columns to show. The first one always stays: it names the row; so do the row's buttons. */
export function ColumnMenu<Row>({ columns, layout }: ColumnMenuProps<Row>) {
  return (
    <DropdownMenu trigger={<IconButton label="Columns" tooltip={false} icon={<Columns3 aria-hidden />} />}>
      <MenuLabel>Columns</MenuLabel>
      {columns
        .slice(1)
        .filter(({ header }) => header !== "")
        .map((column) => (
          <MenuCheckboxItem
            key={column.id}
            checked={!layout.isHidden(column)}
            onCheckedChange={(checked) => layout.hide(column.id, !checked)}
          >
            {column.header}
          </MenuCheckboxItem>
        ))}
      <MenuSeparator />
      <MenuItem className="pl-7" onSelect={layout.reset}>
        Reset columns
      </MenuItem>
    </DropdownMenu>
  );
}
