"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { attributeText } from "@/server/attributes/schemas";
import type { CustomerDetail } from "@/server/customers/get";
import type { CustomerFields } from "@/server/customers/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { CustomerDrawer } from "./customer-drawer";

type EditCustomerProps = { customer: CustomerDetail; ownBook: boolean; size?: "sm" | "md" };

/** "Edit" and its form; only what was changed is sent. */
export function EditCustomer({ customer, ownBook, size = "md" }: EditCustomerProps) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const advisors = useQuery(trpc.customers.advisors.queryOptions(undefined, { enabled: open && !ownBook }));
  const initial = {
    name: customer.name,
    externalId: customer.externalId ?? "",
    // What is masked is not in the form, so that it cannot come back as a value.
    phone: customer.masked ? "" : (customer.phone ?? ""),
    email: customer.masked ? "" : (customer.email ?? ""),
    language: customer.language,
    tier: customer.tier,
    city: customer.city ?? "",
    birthDate: customer.birthDate ?? "",
    stopState: customer.stopState,
    advisorId: customer.advisorId,
    attributes: Object.fromEntries(
      customer.definitions.map(({ key }) => [key, attributeText(customer.attributes[key])]),
    ),
  };
  const masked = customer.masked
    ? { phone: customer.phone ?? undefined, email: customer.email ?? undefined }
    : {};
  const save = async ({ attributes, ...fields }: CustomerFields) => {
    const changes = {
      ...differing(fields, initial),
      attributes: differing(attributes, initial.attributes),
    };
    await client.customers.update.mutate({ customerId: customer.id, changes });
    await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
    toast.success("Saved");
    setOpen(false);
  };
  return (
    <>
      <Button size={size} onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      {open && (
        <CustomerDrawer
          title={`Edit ${customer.name || "customer"}`}
          initial={initial}
          definitions={customer.definitions}
          advisors={ownBook ? null : (advisors.data ?? [])}
          masked={masked}
          submitLabel="Save"
          onClose={() => setOpen(false)}
          onSubmit={save}
        />
      )}
    </>
  );
}

const differing = <Value,>(
  now: Record<string, Value>,
  before: Record<string, unknown>,
): Record<string, Value> =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name]));
