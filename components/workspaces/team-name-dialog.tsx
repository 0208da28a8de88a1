"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useTRPCClient } from "@/server/trpc/react";
import { createTeamInput } from "@/server/workspaces/schemas";

type TeamNameDialogProps = {
  title: string;
  name: string;
  confirmLabel: string;
  onSave: (name: string) => Promise<unknown>;
  onClose: () => void;
};

/** Asks for the name of a team. */
export function TeamNameDialog({ title, name, confirmLabel, onSave, onClose }: TeamNameDialogProps) {
  const router = useRouter();
  const form = useForm({
    schema: createTeamInput,
    initial: { name },
    submit: async (given) => {
      await onSave(given.name);
      toast.success("Team saved");
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog title={title} open onOpenChange={onClose}>
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field label="Name" error={form.errors.name}>
          <Input
            autoFocus
            autoComplete="off"
            value={form.values.name}
            onChange={(event) => form.set("name", event.target.value)}
          />
        </Field>
        <DialogActions pending={form.pending}>{confirmLabel}</DialogActions>
      </form>
    </Dialog>
  );
}

/** The button that makes a team. */
export function NewTeam() {
  const client = useTRPCClient();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New team
      </Button>
      {open && (
        <TeamNameDialog
          title="New team"
          name=""
          confirmLabel="Create team"
          onSave={(name) => client.workspaces.createTeam.mutate({ name })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
