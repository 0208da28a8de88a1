import type { ReactNode } from "react";
import { Button } from "./button";
import { DialogClose } from "./dialog";

type DialogActionsProps = {
  /** What the form does: "Save", "Write it down". */
  children?: ReactNode;
  pending: boolean;
  disabled?: boolean;
};

/** The end of a form in a dialog: leave, or do it. */
export function DialogActions({ children = "Save", pending, disabled = false }: DialogActionsProps) {
  return (
    <div className="flex justify-end gap-2">
      <DialogClose>
        <Button>Cancel</Button>
      </DialogClose>
      <Button type="submit" variant="primary" loading={pending} disabled={disabled}>
        {children}
      </Button>
    </div>
  );
}
