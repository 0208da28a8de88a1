"use client";

import { Ban, Copy, Ellipsis, LibraryBig, Pause, PenLine, Play } from "lucide-react";
import { useState } from "react";
import { SaveTemplateDialog } from "@/components/template-library/save-template-dialog";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { RunFigures } from "@/server/deliveries";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { useAct } from "./use-act";
import { useClone } from "./use-clone";
import { useRevise } from "./use-revise";

type CampaignActsProps = { campaign: CampaignDetail; figures: RunFigures; mayEdit: boolean };

/** What can be done with a launched campaign: only what its state and the person's role allow; what changes nothing of it is under "More". */
export function CampaignActs({
  campaign: { id, name, verbs, maySaveTemplate, schedule, status },
  figures,
  mayEdit,
}: CampaignActsProps) {
  const client = useTRPCClient();
  const clone = useClone();
  const [keeping, setKeeping] = useState(false);
  const { act, running } = useAct(id);
  const { revise, revising } = useRevise();
  const waiting = figures.pending + figures.held + figures.retrying;
  return (
    <>
      {mayEdit && (
        <>
          <DropdownMenu trigger={<IconButton label="More" tooltip={false} icon={<Ellipsis aria-hidden />} />}>
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => void clone(id)}>
              Make a copy
            </MenuItem>
            {maySaveTemplate && (
              <MenuItem icon={<LibraryBig aria-hidden />} onSelect={() => setKeeping(true)}>
                Save as a template
              </MenuItem>
            )}
          </DropdownMenu>
          <SaveTemplateDialog campaignId={id} name={name} open={keeping} onOpenChange={setKeeping} />
        </>
      )}
      {mayEdit && schedule.kind === "automated" && (status === "active" || status === "paused") && (
        <Button icon={<PenLine aria-hidden />} loading={revising} onClick={() => void revise(id)}>
          Change
        </Button>
      )}
      {verbs.includes("cancel") && (
        <ConfirmDialog
          trigger={<Button icon={<Ban aria-hidden />}>Cancel</Button>}
          title={`Cancel ${name}?`}
          description={
            <p>
              {waiting === 0
                ? "Nothing is waiting any more: what is on its way still arrives."
                : `${formatCount(waiting)} pending ${waiting === 1 ? "message is" : "messages are"} never sent. What was sent stays sent and counted.`}{" "}
              A cancelled campaign cannot be resumed.
            </p>
          }
          confirmLabel={
            waiting === 0
              ? "Cancel the campaign"
              : `Cancel ${formatCount(waiting)} pending ${waiting === 1 ? "message" : "messages"}`
          }
          cancelLabel="Keep it"
          onConfirm={() => client.campaigns.cancel.mutate({ id })}
        />
      )}
      {verbs.includes("pause") && (
        <Button
          variant="primary"
          icon={<Pause aria-hidden />}
          loading={running}
          onClick={() => act(() => client.campaigns.pause.mutate({ id }), "Paused: nothing new goes out")}
        >
          Pause
        </Button>
      )}
      {verbs.includes("resume") && (
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          loading={running}
          onClick={() => act(() => client.campaigns.resume.mutate({ id }), "Sending goes on")}
        >
          Resume
        </Button>
      )}
    </>
  );
}
