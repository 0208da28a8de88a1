"use client";

import { useRouter } from "next/navigation";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { saveTemplateInput } from "@/server/template-library/schemas";
import { useTRPCClient } from "@/server/trpc/react";

type SaveTemplateDialogProps = {
  campaignId: string;
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Keeps what a campaign says as a template, under a name of its own. */
export function SaveTemplateDialog(props: SaveTemplateDialogProps) {
  // The form begins anew each time it is opened.
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ campaignId, name, onOpenChange }: SaveTemplateDialogProps) {
  const router = useRouter();
  const client = useTRPCClient();
  const initial: z.infer<typeof saveTemplateInput> = { campaignId, name, description: "" };
  const form = useForm({
    schema: saveTemplateInput,
    initial,
    submit: async (input) => {
      const { id } = await client.templates.saveFromCampaign.mutate(input);
      toast.success("Saved as a template", {
        description: "Advisors see it once it is approved.",
        action: { label: "Open", onClick: () => router.push(`/templates/${id}`) },
      });
      onOpenChange(false);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Save as a template"
      description="Keeps the messages, their languages, category and goal. Audience, schedule and budget stay with the campaign."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="save-template" variant="primary" loading={form.pending}>
            Save template
          </Button>
        </>
      }
    >
      <form id="save-template" noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field label="Name" error={form.errors.name}>
          <Input
            value={form.values.name}
            onBlur={form.leave("name")}
            onChange={(event) => form.set("name", event.target.value)}
          />
        </Field>
        <Field label="Description" optional error={form.errors.description}>
          <Textarea
            rows={2}
            placeholder="When to use it"
            value={form.values.description}
            onChange={(event) => form.set("description", event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
