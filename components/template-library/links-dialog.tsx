"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { errorDetails, errorMessage } from "@/components/campaigns/error-details";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { type LinkKey, linkKeys, linkLabels } from "@/server/template-library/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { type LinkErrors, LinkFields } from "./link-fields";

/** Where the buttons of the built-in templates lead in this workspace. */
export function LinksDialog() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [changed, setChanged] = useState<Partial<Record<LinkKey, string>>>({});
  const [errors, setErrors] = useState<LinkErrors>({});
  const [saving, setSaving] = useState(false);
  const { data } = useQuery(trpc.templates.links.queryOptions(undefined, { enabled: open }));
  const save = async () => {
    setSaving(true);
    setErrors({});
    try {
      await client.templates.setLinks.mutate({ links: changed });
      await queryClient.invalidateQueries({ queryKey: trpc.templates.pathKey() });
      toast.success("Saved for all drafts that begin with a template from now on");
      setOpen(false);
    } catch (error) {
      const { field } = errorDetails(error);
      if (typeof field === "string" && field in linkLabels) setErrors({ [field]: errorMessage(error) });
      else toast.error("The addresses were not saved", { description: errorMessage(error) });
    }
    setSaving(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setChanged({});
        setErrors({});
      }}
      trigger={<Button icon={<Link2 aria-hidden />}>Where buttons lead</Button>}
      title="Where buttons lead"
      description="The built-in templates have buttons like “Renew now”. Say once which of your pages they open."
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button variant="primary" loading={saving} disabled={!data} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {data ? (
        <LinkFields keys={linkKeys} links={{ ...data, ...changed }} errors={errors} onChange={setChanged} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </Dialog>
  );
}
