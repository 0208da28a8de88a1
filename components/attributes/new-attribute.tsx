"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useOpen } from "@/components/ui/use-open";
import { useTRPCClient } from "@/server/trpc/react";
import { AttributeDrawer, type AttributeFields } from "./attribute-drawer";

const blank: AttributeFields = { label: "", key: "", type: "text", options: [], description: "" };

type NewAttributeProps = {
  /** Filled in for a key under which values stand already. */
  initial?: AttributeFields;
  label?: string;
};

/** The way to the same form from where there is none yet; the form itself stands once on the screen. */
export function FirstAttribute() {
  const { open } = useOpen();
  return (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => open("new")}>
      New attribute
    </Button>
  );
}

/** "New attribute" and its form. */
export function NewAttribute({ initial, label = "New attribute" }: NewAttributeProps) {
  const { openId, open, close } = useOpen();
  const client = useTRPCClient();
  const router = useRouter();
  const place = initial ? `new.${initial.key}` : "new";
  return (
    <>
      <Button
        variant={initial ? "secondary" : "primary"}
        size={initial ? "sm" : "md"}
        icon={<Plus aria-hidden />}
        onClick={() => open(place)}
      >
        {label}
      </Button>
      {openId === place && (
        <AttributeDrawer
          title="New attribute"
          initial={initial ?? blank}
          keyIsFixed={initial !== undefined}
          submitLabel="Define attribute"
          ready={initial !== undefined}
          onClose={close}
          onSubmit={async (fields) => {
            await client.attributes.create.mutate(fields);
            toast.success("Attribute defined");
            close();
            router.refresh();
          }}
        />
      )}
    </>
  );
}
