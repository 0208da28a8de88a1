"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";
import { type AttributeFields, AttributeForm } from "./attribute-form";

const blank: AttributeFields = { label: "", key: "", type: "text", options: [], description: "" };

type NewAttributeProps = {
  /** Filled in for a key under which values stand already. */
  initial?: AttributeFields;
  label?: string;
};

/** "New attribute" and its form. */
export function NewAttribute({ initial, label = "New attribute" }: NewAttributeProps) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const router = useRouter();
  return (
    <>
      <Button
        variant={initial ? "secondary" : "primary"}
        size={initial ? "sm" : "md"}
        icon={!initial && <Plus aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Drawer title="New attribute" open={open} onOpenChange={setOpen}>
        <AttributeForm
          initial={initial ?? blank}
          keyIsFixed={initial !== undefined}
          submitLabel="Define attribute"
          onCancel={() => setOpen(false)}
          onSubmit={async (fields) => {
            await client.attributes.create.mutate(fields);
            toast.success("Attribute defined");
            setOpen(false);
            router.refresh();
          }}
        />
      </Drawer>
    </>
  );
}
