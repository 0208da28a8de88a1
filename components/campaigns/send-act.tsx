"use client";

import { SwitchOnDialog } from "@/components/automations/switch-on-dialog";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { Preflight } from "@/server/campaigns/preflight";
import { LaunchDialog } from "./launch-dialog";
import { ScheduleDialog } from "./schedule-dialog";
import { SubmitDialog } from "./submit-dialog";
import type { Draft } from "./use-draft";
import { usePrepared } from "./use-prepared";

type SendActProps = { campaign: CampaignDetail; draft: Draft; preflight: Preflight; zone: string };

/** What comes next for a draft: approval where it is asked for, else its time, else the launch. */
export function SendAct({ campaign, draft, preflight, zone }: SendActProps) {
  const { id, approval } = campaign;
  if (approval.required && !approval.approved)
    return <SubmitDialog id={id} draft={draft} preflight={preflight} />;
  if (draft.fields.schedule.kind === "automated")
    return <AutomationAct {...{ id, draft, preflight }} replaces={campaign.replaces !== null} />;
  if (draft.fields.schedule.kind !== "now")
    return <ScheduleDialog id={id} draft={draft} preflight={preflight} />;
  return <LaunchDialog id={id} draft={draft} preflight={preflight} zone={zone} />;
}

type AutomationActProps = Omit<SendActProps, "campaign" | "zone"> & { id: string; replaces: boolean };

function AutomationAct({ id, draft, preflight, replaces }: AutomationActProps) {
  const { open, setOpen, preparing, prepare } = usePrepared(id, draft);
  const { schedule, name } = draft.fields;
  if (schedule.kind !== "automated") return null;
  return (
    <SwitchOnDialog
      {...{ id, name, schedule, preparing, open }}
      replaces={replaces}
      problem={preflight.problems[0]?.message}
      onOpenChange={setOpen}
      prepare={() => void prepare()}
      version={() => draft.version.current}
    />
  );
}
