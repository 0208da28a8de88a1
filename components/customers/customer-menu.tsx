"use client";

import { Download, EraserIcon, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { EraseDialog } from "@/components/erasures/erase-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { CustomerDetail } from "@/server/customers/get";
import type { CustomerViewer } from "./use-customer";

type CustomerMenuProps = { customer: CustomerDetail; viewer: CustomerViewer };

/** What is rarely done with a customer: everything that is held as a file, and the erasure. */
export function CustomerMenu({ customer, viewer }: CustomerMenuProps) {
  const [erasing, setErasing] = useState(false);
  if (!viewer.mayEdit) return null;
  return (
    <>
      <DropdownMenu trigger={<IconButton label="More" size="sm" icon={<MoreHorizontal aria-hidden />} />}>
        <MenuItem asChild icon={<Download aria-hidden />}>
          <a href={`/api/customers/${customer.id}/record`} download>
            Download everything held
          </a>
        </MenuItem>
        {viewer.mayErase && customer.eraseAfter === null && (
          <MenuItem danger icon={<EraserIcon aria-hidden />} onSelect={() => setErasing(true)}>
            Erase …
          </MenuItem>
        )}
      </DropdownMenu>
      {erasing && <EraseDialog customerId={customer.id} onClose={() => setErasing(false)} />}
    </>
  );
}
