"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import type { Condition } from "@/server/segments/status";
import type { Kit } from "./kit";

// Comes when somebody opens it.
const ConditionList = dynamic(() => import("./condition-list").then((part) => part.ConditionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

type ConditionPickerProps = { kit: Kit; onChoose: (condition: Condition) => void; first?: boolean };

/** Adds a condition, found by typing or by its noun. */
export function ConditionPicker({ kit, onChoose, first = false }: ConditionPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="What to look at"
      open={open}
      onOpenChange={setOpen}
      className="w-80 max-w-[calc(100vw-2rem)] p-0"
      trigger={
        <Button size="sm" variant={first ? "secondary" : "ghost"} icon={<Plus aria-hidden />}>
          Add a condition
        </Button>
      }
    >
      <ConditionList
        kit={kit}
        onChoose={(condition) => {
          setOpen(false);
          onChoose(condition);
        }}
      />
    </Popover>
  );
}
