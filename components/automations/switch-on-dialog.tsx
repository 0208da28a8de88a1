"use client";

import { Zap } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Automated } from "@/server/automations/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { automatedWords } from "./automated-words";

type SwitchOnDialogProps = {
  id: string;
  name: string;
  schedule: Automated;
  /** True: changes to an automation that runs; they become its next version. */
  replaces: boolean;
  /** The first thing that must be mended before. */
  problem: string | undefined;
  preparing: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  prepare: () => void;
  version: () => number;
};

/** Switches an automated campaign on, or publishes changes to one that runs. */
export function SwitchOnDialog(props: SwitchOnDialogProps) {
  const { id, name, schedule, replaces, problem, preparing, open, onOpenChange, prepare, version } = props;
  const client = useTRPCClient();
  const router = useRouter();
  const launch = async () => {
    const asked = { id, version: version() };
    if (replaces) {
      const published = await client.campaigns.publish.mutate(asked);
      toast.success("Published: customers enter the new version from now on");
      router.push(`/campaigns/${published.id}`);
      return;
    }
    await client.campaigns.launch.mutate(asked);
    toast.success("Switched on: it listens from now on");
    router.push(`/campaigns/${id}`);
  };
  const act = replaces ? "Publish changes" : "Switch on";
  return (
    <>
      <Button
        variant="primary"
        icon={<Zap aria-hidden />}
        loading={preparing}
        disabled={problem !== undefined}
        title={problem}
        onClick={prepare}
      >
        {act}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={onOpenChange}
        danger={false}
        title={replaces ? `Publish the changes to ${name}?` : `Switch on ${name}?`}
        description={
          <div className="flex flex-col gap-2">
            <p>{automatedWords(schedule)}.</p>
            <p>
              {replaces
                ? "Customers enter the new version from now on. Whoever entered before gets what was promised then, and nobody enters twice for the same thing."
                : "It listens from now on: what happened before lets nobody in. Each message asks every rule when it goes, and waits for the hours of contact. You can pause or cancel it at any time."}
            </p>
          </div>
        }
        confirmLabel={replaces ? "Publish them" : "Switch it on"}
        cancelLabel="Not yet"
        onConfirm={launch}
      />
    </>
  );
}
