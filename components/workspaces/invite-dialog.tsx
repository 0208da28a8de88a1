"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { Role } from "@/server/platform/context";
import { useTRPCClient } from "@/server/trpc/react";
import { approver } from "@/server/workspaces/roles";
import { INVITATION_DAYS, inviteInput } from "@/server/workspaces/schemas";
import { roleOptions } from "./role-options";

/** Invites somebody by mail, with a role. */
export function InviteDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Invite somebody"
      description={`They get a mail with a link that works for ${INVITATION_DAYS} days.`}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary" icon={<UserPlus aria-hidden />}>
          Invite
        </Button>
      }
    >
      <InviteForm onDone={() => setOpen(false)} />
    </Dialog>
  );
}

const empty: { email: string; role: Role; isApprover: boolean } = {
  email: "",
  role: "marketer",
  isApprover: false,
};

function InviteForm({ onDone }: { onDone: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm({
    schema: inviteInput,
    initial: empty,
    submit: async (given) => {
      await client.workspaces.invite.mutate(given);
      toast.success(`Invitation to ${given.email} is on its way`);
      router.refresh();
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Field label="E-mail address" error={form.errors.email}>
        <Input
          type="email"
          autoComplete="off"
          autoFocus
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
          onBlur={form.values.email ? form.leave("email") : undefined}
        />
      </Field>
      <Field label="Role" error={form.errors.role}>
        <Select
          options={roleOptions}
          value={form.values.role}
          onValueChange={(role) => form.set("role", role)}
        />
      </Field>
      <Checkbox
        label={approver.label}
        description={approver.summary}
        checked={form.values.isApprover}
        onCheckedChange={(checked) => form.set("isApprover", checked === true)}
      />
      <DialogActions pending={form.pending}>Send the invitation</DialogActions>
    </form>
  );
}
