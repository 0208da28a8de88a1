import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** The buttons under a note that is being written. */
export function NoteActions({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <div className="flex justify-end gap-2">
      <Button size="sm" variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
      {children}
    </div>
  );
}
