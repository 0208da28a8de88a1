"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { rotateKeyInput } from "@/server/api-keys/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { ShownOnce } from "./shown-once";

const keepOptions = [
  { value: "0", label: "It ends now" },
  { value: "24", label: "It goes on for 24 hours" },
  { value: "168", label: "It goes on for 7 days" },
];

/** Puts a new key in a key's place, and shows it this once. */
export function RotateKey({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const [key, setKey] = useState<string | null>(null);
  const client = useTRPCClient();
  const router = useRouter();
  const initial: { id: string; keepHours: 0 | 24 | 168 } = { id, keepHours: 24 };
  const form = useForm({
    schema: rotateKeyInput,
    initial,
    submit: async (given) => {
      setKey((await client.apiKeys.rotate.mutate(given)).key);
      router.refresh();
    },
  });
  return (
    <Dialog
      title={key ? `New key ${name}` : `Rotate ${name}`}
      description={key ? undefined : "A new key takes its place, with the same name and scopes."}
      open
      onOpenChange={onClose}
    >
      {key ? (
        <div className="pt-2">
          <ShownOnce keyText={key} onDone={onClose} />
        </div>
      ) : (
        <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-5 pt-2">
          {form.problem && <Notice tone="danger">{form.problem}</Notice>}
          <Field label="The key until now" help="Long enough to change every system that uses it.">
            <Select
              options={keepOptions}
              value={String(form.values.keepHours)}
              onValueChange={(hours) => form.set("keepHours", Number(hours) as 0 | 24 | 168)}
            />
          </Field>
          <FormActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" loading={form.pending}>
              Rotate
            </Button>
          </FormActions>
        </form>
      )}
    </Dialog>
  );
}
