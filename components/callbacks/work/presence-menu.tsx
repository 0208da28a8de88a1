"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { Tone } from "@/components/ui/tone";
import { presenceLabels } from "@/server/callbacks/content";
import type { OwnDesk } from "@/server/callbacks/presence";
import type { Presence } from "@/server/callbacks/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

const tones: Record<Presence, Tone> = {
  available: "good",
  on_call: "information",
  wrap_up: "information",
  break: "attention",
  offline: "neutral",
};

type PresenceMenuProps = {
  desk: OwnDesk;
  zone: string;
  /** A request is in hand: break and offline come after it. */
  busy: boolean;
};

/** What the agent does now; the calls set it by themselves. */
export function PresenceMenu({ desk, zone, busy }: PresenceMenuProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [pending, start] = useTransition();
  const set = (presence: Presence) =>
    start(async () => {
      try {
        await client.callbacks.setPresence.mutate({ presence });
        await queryClient.invalidateQueries(trpc.callbacks.desk.queryFilter());
      } catch (error) {
        toast.error("It was not changed", {
          description: error instanceof Error ? error.message : "Try again.",
        });
      }
    });
  const choices: readonly Presence[] = ["available", "break", "offline"];
  return (
    <div className="flex items-center gap-2">
      {desk.since && desk.presence !== "offline" && (
        <span className="text-faint text-xs max-sm:hidden">
          since <Time value={desk.since} zone={zone} />
        </span>
      )}
      <DropdownMenu
        trigger={
          <Button loading={pending} aria-label={`You are: ${presenceLabels[desk.presence]}`}>
            <StatusBadge tone={tones[desk.presence]} label={presenceLabels[desk.presence]} />
            <ChevronDown aria-hidden className="text-faint" />
          </Button>
        }
      >
        {choices.map((presence) => (
          <MenuItem key={presence} disabled={busy && presence !== "available"} onSelect={() => set(presence)}>
            {presenceLabels[presence]}
          </MenuItem>
        ))}
      </DropdownMenu>
    </div>
  );
}
