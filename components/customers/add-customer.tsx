"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { CustomerDrawer } from "./customer-drawer";

const blank = {
  name: "",
  externalId: "",
  phone: "",
  email: "",
  language: "en",
  tier: "bronze",
  city: "",
  birthDate: "",
  stopState: null,
  advisorId: null,
  attributes: {},
} as const;

/** "Add customer" and its form. */
export function AddCustomer({ ownBook }: { ownBook: boolean }) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const trpc = useTRPC();
  const router = useRouter();
  const definitions = useQuery(trpc.attributes.list.queryOptions(undefined, { enabled: open }));
  const advisors = useQuery(trpc.customers.advisors.queryOptions(undefined, { enabled: open && !ownBook }));
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add customer
      </Button>
      {open && (
        <CustomerDrawer
          title="Add customer"
          ready
          initial={blank}
          definitions={definitions.data ?? []}
          advisors={ownBook ? null : (advisors.data ?? [])}
          submitLabel="Add customer"
          onClose={() => setOpen(false)}
          onSubmit={async (fields) => {
            const { id } = await client.customers.create.mutate(fields);
            toast.success("Customer added");
            setOpen(false);
            router.push(`/customers?open=${id}`);
          }}
        />
      )}
    </>
  );
}
