"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { useAct } from "@/components/workspaces/use-act";
import type { TelephonyRules } from "@/server/telephony/schemas";
import { useTRPCClient } from "@/server/trpc/react";

/** How this workspace may call; in force from the next call on. */
export function RulesCard({ rules, mayEdit }: { rules: TelephonyRules; mayEdit: boolean }) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const [now, setNow] = useState(rules);
  const change = (part: Partial<TelephonyRules>) => {
    const next = { ...now, ...part };
    setNow(next);
    act(
      () => client.telephony.changeRules.mutate(next),
      "Saved. It holds from the next call on",
      () => setNow(now),
    );
  };
  return (
    <Card title="How customers are called">
      <div className="flex flex-col gap-4">
        <Switch
          label="Regulated insurer (India)"
          description="TRAI wants customers of insurers called from 1600 numbers for service and 140 numbers for promotion. Calls then go over the bridge only; an agent’s own phone is closed."
          checked={now.regulated}
          disabled={!mayEdit || pending}
          onCheckedChange={(regulated) => change({ regulated })}
        />
        <Switch
          label="Record calls"
          description="The provider keeps the recording; supervisors and administrators find the link at the call. Tell customers so in the script."
          checked={now.record}
          disabled={!mayEdit || pending}
          onCheckedChange={(record) => change({ record })}
        />
      </div>
    </Card>
  );
}
