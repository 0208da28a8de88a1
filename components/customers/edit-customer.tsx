"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { toast } from "@/components/ui/toaster";
import type { CustomerDetail } from "@/server/customers/get";
import type { CustomerFields } from "@/server/customers/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { CustomerForm } from "./customer-form";

/** "Edit" and its form; only what was changed is sent. */
export function EditCustomer({ customer }: { customer: CustomerDetail }) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const initial = {
    name: customer.name,
    externalId: customer.externalId ?? "",
    phone: customer.phone ?? "",
    email: customer.email ?? "",
    language: customer.language,
    tier: customer.tier,
    city: customer.city ?? "",
    birthDate: customer.birthDate ?? "",
    stopState: customer.stopState,
  };
  const save = async (fields: CustomerFields) => {
    const changes = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => value !== initial[name as keyof typeof initial]),
    );
    await client.customers.update.mutate({ customerId: customer.id, changes });
    await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
    toast.success("Saved");
    setOpen(false);
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Drawer title={`Edit ${customer.name || "customer"}`} open={open} onOpenChange={setOpen}>
        <CustomerForm initial={initial} submitLabel="Save" onCancel={() => setOpen(false)} onSubmit={save} />
      </Drawer>
    </>
  );
}
