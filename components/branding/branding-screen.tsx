"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { Branding } from "@/server/branding/get";
import { changeBrandingInput } from "@/server/branding/schemas";
import { utmSchema } from "@/server/campaigns/content";
import { useTRPCClient } from "@/server/trpc/react";
import { BrandingPreview } from "./branding-preview";
import { ContactFields } from "./contact-fields";
import { LookFields } from "./look-fields";
import { UtmFields } from "./utm-fields";

/** How the workspace's messages look, with a mail beside it that shows each change at once. */
export function BrandingScreen({ stored }: { stored: Branding }) {
  const client = useTRPCClient();
  const router = useRouter();
  const { workspaceName, fromAddress } = stored;
  const form = useForm({
    schema: changeBrandingInput,
    initial: { ...stored.branding, utm: stored.utm ?? utmSchema.parse({}) },
    submit: async (given) => {
      await client.branding.change.mutate(given);
      toast.success("Branding saved", { description: "Campaigns that are launched from now on look so." });
      router.refresh();
    },
  });
  const { utm, ...branding } = form.values;
  const change = (patch: Partial<typeof branding>) => {
    for (const [name, value] of Object.entries(patch))
      form.set(name as keyof typeof branding, value as never);
  };
  return (
    <PageBody width="full">
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
        <form onSubmit={form.onSubmit} noValidate className="flex min-w-0 flex-col gap-8">
          <LookFields branding={branding} errors={form.errors} onChange={change} />
          <ContactFields
            branding={branding}
            workspaceName={workspaceName}
            fromAddress={fromAddress}
            errors={form.errors}
            onChange={change}
          />
          <UtmFields utm={utm} onChange={(next) => form.set("utm", next)} />
          {form.problem && <Notice tone="danger">{form.problem}</Notice>}
          <FormActions>
            <Button type="submit" variant="primary" loading={form.pending} disabled={!form.changed}>
              Save branding
            </Button>
          </FormActions>
        </form>
        <BrandingPreview branding={branding} fromAddress={fromAddress} />
      </div>
    </PageBody>
  );
}
