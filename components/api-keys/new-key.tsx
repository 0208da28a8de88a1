"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { useForm } from "@/components/ui/use-form";
import { useOpen } from "@/components/ui/use-open";
import { createKeyInput } from "@/server/api-keys/schemas";
import { type ApiScope, apiScopeKeys, apiScopes } from "@/server/api-keys/status";
import { useTRPCClient } from "@/server/trpc/react";
import { ShownOnce } from "./shown-once";

/** "New key", its form, and then the key: this one time. */
export function NewKey() {
  const { openId, open, close } = useOpen();
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const router = useRouter();
  const begin = useRef<HTMLButtonElement>(null);
  const done = () => {
    close();
    setMade(null);
    router.refresh();
    // The key was opened by a button of the form, which is gone by now.
    requestAnimationFrame(() => begin.current?.focus());
  };
  return (
    <>
      <Button ref={begin} variant="primary" icon={<Plus aria-hidden />} onClick={() => open("new")}>
        New key
      </Button>
      {openId === "new" && !made && <KeyForm onClose={close} onMade={setMade} />}
      {made && (
        <Drawer title={`Key ${made.name}`} open onOpenChange={done}>
          <ShownOnce keyText={made.key} onDone={done} />
        </Drawer>
      )}
    </>
  );
}

const blank: { name: string; scopes: ApiScope[] } = { name: "", scopes: [] };

type KeyFormProps = { onClose: () => void; onMade: (made: { name: string; key: string }) => void };

function KeyForm({ onClose, onMade }: KeyFormProps) {
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
    <FormDrawer title="New API key" form={form} submitLabel="Make the key" onClose={onClose}>
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
    </FormDrawer>
  );
}
