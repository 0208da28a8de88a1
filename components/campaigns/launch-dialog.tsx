"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Check } from "@/server/campaigns/get-check";
import type { Preflight } from "@/server/campaigns/preflight";
import type { CheckVerdict } from "@/server/campaigns/status";
import { type Channel, channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { CheckGroups } from "./check-groups";
import { LeftOut } from "./left-out";
import { heldOutWords, treatedOf } from "./treated";
import { useCheck } from "./use-check";
import type { Draft } from "./use-draft";
import { usePrepared } from "./use-prepared";

const nouns: Record<Channel, readonly [one: string, many: string]> = {
  email: ["e-mail", "e-mails"],
  sms: ["SMS", "SMS"],
  whatsapp: ["WhatsApp message", "WhatsApp messages"],
};

const countOf = (check: Check | null, wanted: CheckVerdict): number =>
  (check?.groups ?? []).reduce((sum, { verdict, count }) => (verdict === wanted ? sum + count : sum), 0);

type LaunchDialogProps = { id: string; draft: Draft; preflight: Preflight; zone: string };

/** Asks once more with the numbers of that moment, then launches what is on screen and nothing else. */
export function LaunchDialog({ id, draft, preflight, zone }: LaunchDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const { open, setOpen, preparing, prepare } = usePrepared(id, draft);
  const { check, starting, start } = useCheck(id);
  const { audience, reachable, byChannel, excluded, problems } = preflight;
  const { channels, holdOut } = draft.fields;
  const [one, many] =
    channels.length === 1 ? nouns[channels[0] ?? "email"] : (["message", "messages"] as const);
  // Counted by the sender's own rules; until they have answered, by what is known of the audience.
  const checked = !starting && check?.current && check.status === "done" ? check : null;
  const [goes, held] = (["goes", "held"] as const).map((verdict) => countOf(checked, verdict));
  const sends = checked ? (goes ?? 0) + (held ?? 0) : treatedOf(reachable, holdOut);

  const launch = async () => {
    await client.campaigns.launch.mutate({ id, version: draft.version.current });
    toast.success("Launched");
    router.push(`/campaigns/${id}`);
  };
  const messages = `${formatCount(sends)} ${sends === 1 ? one : many}`;
  return (
    <>
      <Button
        variant="primary"
        icon={<Send aria-hidden />}
        loading={preparing}
        disabled={problems.length > 0 || reachable === 0}
        title={problems[0]?.message ?? (reachable === 0 ? "Nobody would get it" : undefined)}
        onClick={() => void prepare().then(start)}
      >
        Launch
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger={false}
        title={`Launch ${draft.fields.name}?`}
        description={
          <div className="flex flex-col gap-3">
            <p>
              {formatCount(sends)} of {formatCount(audience)} customers get this {one}, beginning now
              {checked && held ? `; ${formatCount(held)} of them when their time has come` : ""}
              {/* The outcomes below name those of a check. */}
              {checked ? "" : heldOutWords(reachable, holdOut, formatCount)}. What has been sent cannot be
              taken back.
            </p>
            {channels.length > 1 && (
              <p className="text-muted text-sm tabular-nums">
                Can be reached:{" "}
                {channels
                  .map((channel) => `${formatCount(byChannel[channel])} by ${channelLabels[channel]}`)
                  .join(", ")}
                .
              </p>
            )}
            {checked ? (
              <CheckGroups campaignId={id} check={checked} zone={zone} />
            ) : (
              excluded.length > 0 && (
                <div className="text-sm">
                  <LeftOut excluded={excluded} total={audience - reachable} />
                </div>
              )
            )}
          </div>
        }
        confirmLabel={`Send ${messages} now`}
        cancelLabel="Not yet"
        onConfirm={launch}
      />
    </>
  );
}
