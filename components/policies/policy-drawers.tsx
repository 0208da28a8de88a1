"use client";

import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import type { PolicyLine } from "@/server/policies/list";
import type { ParsedPolicy } from "@/server/policies/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { blankPolicy, PolicyDrawer, type PolicyValues, valuesOf } from "./policy-drawer";
import { useReread } from "./use-reread";

/** "Add policy" and its form. */
export function AddPolicy({ customerId }: { customerId: string }) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const reread = useReread();
  return (
    <>
      <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add policy
      </Button>
      {open && (
        <PolicyDrawer
          title="Add policy"
          ready
          initial={blankPolicy}
          submitLabel="Add policy"
          onClose={() => setOpen(false)}
          onSubmit={async (values) => {
            await client.policies.create.mutate({ customerId, ...values });
            await reread();
            toast.success("Policy added");
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** The pencil of a policy and its form; only what was changed is sent. */
export function EditPolicy({ policy }: { policy: PolicyLine }) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const reread = useReread();
  const initial = valuesOf(policy);
  const save = async (fields: ParsedPolicy) => {
    const changes = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => value !== orNull(initial[name as keyof PolicyValues])),
    );
    await client.policies.update.mutate({ policyId: policy.id, changes });
    await reread();
    toast.success("Saved");
    setOpen(false);
  };
  return (
    <>
      <IconButton
        size="sm"
        label={`Edit policy ${policy.policyNumber}`}
        icon={<Pencil aria-hidden />}
        onClick={() => setOpen(true)}
      />
      {open && (
        <PolicyDrawer
          title={`Edit ${policy.policyNumber}`}
          initial={initial}
          submitLabel="Save"
          onClose={() => setOpen(false)}
          onSubmit={save}
        />
      )}
    </>
  );
}

/** A form's empty field is what the schema makes null. */
const orNull = <Value,>(value: Value): Value | null => (value === "" ? null : value);
