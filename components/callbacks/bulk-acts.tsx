import { CalendarClock, UserPlus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { BulkAct } from "./change-many";

/** What is done to ticked requests: assign, reschedule, cancel. */
export function BulkActs({ onAct }: { onAct: (act: BulkAct) => void }) {
  return (
    <>
      <Button size="sm" icon={<UserPlus aria-hidden />} onClick={() => onAct("assign")}>
        Assign
      </Button>
      <Button size="sm" icon={<CalendarClock aria-hidden />} onClick={() => onAct("reschedule")}>
        Reschedule
      </Button>
      <Button size="sm" icon={<X aria-hidden />} onClick={() => onAct("cancel")}>
        Cancel
      </Button>
    </>
  );
}
