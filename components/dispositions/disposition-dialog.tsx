"use client";

import { useRouter } from "next/navigation";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { DispositionLine } from "@/server/dispositions/list";
import { dispositionEnds, type SaveDisposition, saveDispositionInput } from "@/server/dispositions/schemas";
import { useTRPCClient } from "@/server/trpc/react";

type DispositionDialogProps = { disposition: DispositionLine | null; onClose: () => void };

const ends = (Object.keys(dispositionEnds) as SaveDisposition["ends"][]).map((value) => ({
  value,
  label: dispositionEnds[value],
}));

/** One way to close a call. */
export function DispositionDialog({ disposition, onClose }: DispositionDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const initial: SaveDisposition = {
    dispositionId: disposition?.id ?? null,
    label: disposition?.label ?? "",
    ends: disposition?.ends ?? "completed",
    resolved: disposition?.resolved ?? true,
  };
  const form = useForm({
    schema: saveDispositionInput,
    initial,
    submit: async (given) => {
      await client.dispositions.save.mutate(given);
      toast.success("Disposition saved");
      router.refresh();
      onClose();
    },
  });
  const { values, errors, set } = form;
  return (
    <Dialog title={disposition ? "Change the disposition" : "New disposition"} open onOpenChange={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <Field label="What agents read" error={errors.label}>
          <Input
            autoComplete="off"
            value={values.label}
            onChange={(event) => set("label", event.target.value)}
            onBlur={form.leave("label")}
          />
        </Field>
        <Field label="What it does" error={errors.ends}>
          <Select
            options={ends}
            value={values.ends}
            onValueChange={(next) => {
              set("ends", next);
              if (next !== "completed") set("resolved", false);
            }}
          />
        </Field>
        {values.ends === "completed" && (
          <Checkbox
            label="The customer's matter is settled"
            description="Counts into the resolution rate."
            checked={values.resolved}
            onCheckedChange={(checked) => set("resolved", checked === true)}
          />
        )}
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <DialogActions pending={form.pending} />
      </form>
    </Dialog>
  );
}
