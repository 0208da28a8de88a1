"use client";

import { CirclePause, CirclePlay, Ellipsis, Plus, Search } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { StatusBadge } from "@/components/ui/status-badge";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { Specimen } from "./specimen";

const tiers = [
  { value: "platinum", label: "Platinum" },
  { value: "gold", label: "Gold" },
  { value: "silver", label: "Silver", description: "Premium below ₹50,000 a year" },
] as const;

export function BasicSpecimens() {
  return (
    <>
      <Specimen name="Buttons">
        <Button variant="primary" icon={<Plus aria-hidden />}>
          New campaign
        </Button>
        <Button>Save draft</Button>
        <Button variant="ghost">Discard</Button>
        <Button variant="danger">Cancel 1,940 messages</Button>
        <Button loading>Saving</Button>
        <Button disabled>Launch</Button>
        <Button size="sm">Small</Button>
        <IconButton label="More" icon={<Ellipsis aria-hidden />} />
        <DropdownMenu align="start" trigger={<Button>Menu</Button>}>
          <MenuItem icon={<CirclePause aria-hidden />}>Pause</MenuItem>
          <MenuItem icon={<CirclePlay aria-hidden />} disabled>
            Resume
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger>Cancel the campaign</MenuItem>
        </DropdownMenu>
      </Specimen>
      <Specimen name="Fields">
        <div className="grid w-full max-w-2xl gap-4 sm:grid-cols-2">
          <Field label="Campaign name" help="Customers never see it.">
            <Input defaultValue="Renewal drive" />
          </Field>
          <Field label="Send from" error="Write an address such as care@example.com.">
            <Input defaultValue="care@" />
          </Field>
          <Field label="Tier" optional>
            <Select options={tiers} placeholder="Any tier" />
          </Field>
          <Field label="Find">
            <Input prefix={<Search aria-hidden />} placeholder="Name, phone or e-mail" />
          </Field>
          <Field label="Message" aside="0 of 1,024" className="sm:col-span-2">
            <Textarea placeholder="Dear {{customer_name}}, your policy is due for renewal." />
          </Field>
          <Field label="Not now" className="sm:col-span-2">
            <Input disabled defaultValue="Locked while the campaign runs" />
          </Field>
        </div>
      </Specimen>
      <Specimen name="States and labels">
        <StatusBadge tone="neutral" label="Draft" />
        <StatusBadge tone="information" label="Scheduled" />
        <StatusBadge tone="accent" label="Sending" icon={CirclePlay} live />
        <StatusBadge tone="good" label="Completed" />
        <StatusBadge tone="attention" label="Paused" icon={CirclePause} />
        <StatusBadge tone="danger" label="Failed" />
        <Badge>Gold</Badge>
        <Badge tone="accent">3 new</Badge>
      </Specimen>
      <Specimen name="Notices">
        <div className="flex w-full max-w-2xl flex-col gap-2">
          <Notice>Messages wait until 10:00: quiet hours.</Notice>
          <Notice tone="good" title="Imported">
            4,812 customers are new, 188 were updated.
          </Notice>
          <Notice
            tone="attention"
            title="312 customers have no address"
            action={<Button size="sm">See them</Button>}
          >
            They are left out of this campaign.
          </Notice>
          <Notice tone="danger" title="The mail server did not answer">
            Nothing was lost: 1,940 messages wait and are tried again in 2 minutes.
          </Notice>
        </div>
      </Specimen>
      <Specimen name="Dialogs">
        <Dialog
          title="Send a test"
          description="It goes to you alone and is not counted."
          trigger={<Button>Open a dialog</Button>}
          footer={
            <>
              <DialogClose>
                <Button>Close</Button>
              </DialogClose>
              <DialogClose>
                <Button variant="primary">Send the test</Button>
              </DialogClose>
            </>
          }
        >
          <Field label="Address">
            <Input type="email" defaultValue="asha@example.com" />
          </Field>
        </Dialog>
        <ConfirmDialog
          title="Cancel Renewal drive?"
          description="1,940 messages that are still waiting will not be sent. The 3,060 that left stay sent. This cannot be taken back."
          confirmLabel="Cancel 1,940 pending messages"
          cancelLabel="Keep sending"
          onConfirm={() => toast.success("1,940 messages cancelled")}
          trigger={<Button variant="danger">Ask before a dangerous act</Button>}
        />
        <Button onClick={() => toast.success("Campaign saved", { description: "Renewal drive, draft 3" })}>
          Toast
        </Button>
        <Button
          onClick={() =>
            toast.error("Not saved", { description: "The connection broke. Your text is kept." })
          }
        >
          Failed toast
        </Button>
      </Specimen>
    </>
  );
}
