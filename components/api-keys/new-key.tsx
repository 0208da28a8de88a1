"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import { createKeyInput } from "@/server/api-keys/schemas";
import { type ApiScope, apiScopeKeys, apiScopes } from "@/server/api-keys/status";
import { useTRPCClient } from "@/server/trpc/react";
import { ShownOnce } from "./shown-once";

/** "New key", its form, and then the key: this one time. */
export function NewKey() {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const router = useRouter();
  const show = (shown: boolean) => {
    setOpen(shown);
    if (shown) return;
    setMade(null);
    router.refresh();
  };
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New key
      </Button>
      <Drawer title={made ? `Key ${made.name}` : "New API key"} open={open} onOpenChange={show}>
        {made ? (
          <ShownOnce keyText={made.key} onDone={() => show(false)} />
        ) : (
          <KeyForm onCancel={() => show(false)} onMade={setMade} />
        )}
      </Drawer>
    </>
  );
}

const blank: { name: string; scopes: ApiScope[] } = { name: "", scopes: [] };

type KeyFormProps = { onCancel: () => void; onMade: (made: { name: string; key: string }) => void };

function KeyForm({ onCancel, onMade }: KeyFormProps) {
  const client = useTRPCClient();
  const form = useForm({
    schema: createKeyInput,
    initial: blank,
    submit: async (given) => {
      const { key } = await client.apiKeys.create.mutate(given);
      onMade({ name: given.name, key });
    },
  });
  const { scopes } = form.values;
  const everything = scopes.includes("*");
  const set = (scope: ApiScope, chosen: boolean) =>
    form.set(
      "scopes",
      apiScopeKeys.filter((each) => (each === scope ? chosen : scopes.includes(each))),
    );
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-5">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Field
        label="Name"
        help="The system that will use it, like “Core policy system”."
        error={form.errors.name}
      >
        <Input
          autoFocus
          autoComplete="off"
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
          onBlur={form.values.name ? form.leave("name") : undefined}
        />
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 font-medium text-sm">What it opens</legend>
        {apiScopeKeys.map((scope) => (
          <Checkbox
            key={scope}
            label={apiScopes[scope].label}
            description={apiScopes[scope].hint}
            checked={scopes.includes(scope) || everything}
            disabled={everything && scope !== "*"}
            onCheckedChange={(checked) => set(scope, checked === true)}
          />
        ))}
        {form.errors.scopes && <p className="text-danger text-sm">{form.errors.scopes}</p>}
      </fieldset>
      <FormActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" loading={form.pending}>
          Make the key
        </Button>
      </FormActions>
    </form>
  );
}
