"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/radio-group";
import { Switch } from "@/components/ui/switch";
import { useAct } from "@/components/workspaces/use-act";
import type { Assignment } from "@/server/agents/schemas";
import { type AssignmentPolicy, assignmentPolicies } from "@/server/callbacks/status";
import { useTRPCClient } from "@/server/trpc/react";

type AssignmentFormProps = { assignment: Assignment; mayEdit: boolean };

const options = (Object.keys(assignmentPolicies) as AssignmentPolicy[]).map((value) => ({
  value,
  label: assignmentPolicies[value].label,
  description: assignmentPolicies[value].about,
}));

/** How waiting requests find an agent; in force at once. */
export function AssignmentForm({ assignment, mayEdit }: AssignmentFormProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const [now, setNow] = useState(assignment);
  const change = (part: Partial<Assignment>) => {
    const next = { ...now, ...part };
    setNow(next);
    act(
      () => client.agents.changeAssignment.mutate(next),
      "Saved. It holds for what is given out from now on",
      () => setNow(now),
    );
  };
  if (!mayEdit)
    return (
      <Card title="How requests are given out">
        <p>
          {assignmentPolicies[assignment.policy].label}.{" "}
          <span className="text-muted">{assignmentPolicies[assignment.policy].about}</span>
        </p>
      </Card>
    );
  return (
    <Card
      title="How requests are given out"
      description="Only to those who are at work, up to their capacity, about their topics and in their languages."
    >
      <div className="flex flex-col gap-4">
        <RadioGroup
          label="How requests are given out"
          options={options}
          value={now.policy}
          onValueChange={(policy) => change({ policy })}
        />
        {now.policy !== "by_hand" && (
          <Switch
            label="The same agent again"
            description="Whoever talked with the customer last comes first. Without room, or away, the rule above decides."
            checked={now.sticky}
            disabled={pending}
            onCheckedChange={(sticky) => change({ sticky })}
          />
        )}
      </div>
    </Card>
  );
}
