"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useTRPCClient } from "@/server/trpc/react";
import type { MemberLine } from "@/server/workspaces/list-members";
import { roles } from "@/server/workspaces/roles";
import { roleOptions } from "./role-options";
import { useAct } from "./use-act";

type ChangeRoleDialogProps = { member: MemberLine; onClose: () => void };

/** Another role for one person, with what it allows before it is given. */
export function ChangeRoleDialog({ member, onClose }: ChangeRoleDialogProps) {
  const [role, setRole] = useState(member.role);
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const save = () =>
    act(async () => {
      await client.workspaces.changeRole.mutate({ membershipId: member.id, role });
      onClose();
    }, `${member.name} is now ${roles[role].label.toLowerCase()}`);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Role of ${member.name}`}
      description="It changes with their next click; nobody is signed out."
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="primary" loading={pending} disabled={role === member.role} onClick={save}>
            Change role
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-2">
        <Field label="Role">
          <Select options={roleOptions} value={role} onValueChange={setRole} />
        </Field>
        <ul className="list-disc pl-5 text-muted text-sm">
          {roles[role].may.map((may) => (
            <li key={may}>{may}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
