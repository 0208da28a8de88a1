"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { changeNameInput } from "@/server/auth/schemas";
import { useTRPCClient } from "@/server/trpc/react";

/** Changes the own name. */
export function ProfileName({ name }: { name: string }) {
  const router = useRouter();
  const client = useTRPCClient();
  const form = useForm({
    schema: changeNameInput,
    initial: { name },
    submit: async (given) => {
      await client.auth.changeName.mutate(given);
      toast.success("Name saved");
      router.refresh();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Field label="Name" error={form.errors.name}>
        <Input
          autoComplete="name"
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
          onBlur={form.leave("name")}
        />
      </Field>
      <FormActions>
        <Button type="submit" loading={form.pending} disabled={form.values.name.trim() === name}>
          Save name
        </Button>
      </FormActions>
    </form>
  );
}
