"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import { createInput } from "@/server/campaigns/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { BasicFields } from "./basic-fields";

const initial: z.infer<typeof createInput> = {
  name: "",
  type: "retention",
  goal: "renewal_rate",
  category: "renewal_reminder",
  description: "",
};

/** The first step of the builder: the draft exists from here on, and every later change is saved by itself. */
export function NewCampaignForm() {
  const router = useRouter();
  const client = useTRPCClient();
  const form = useForm({
    schema: createInput,
    initial,
    submit: async (input) => {
      const { id } = await client.campaigns.create.mutate(input);
      router.push(`/campaigns/${id}/edit?tab=content`);
    },
  });
  const change = ({ name, type, goal, category, description }: Partial<typeof initial>) => {
    if (name !== undefined) form.set("name", name);
    if (type !== undefined) form.set("type", type);
    if (goal !== undefined) form.set("goal", goal);
    if (category !== undefined) form.set("category", category);
    if (description !== undefined) form.set("description", description);
  };
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex max-w-xl flex-col gap-6">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <BasicFields values={form.values} errors={form.errors} onChange={change} onLeave={form.leave} />
      <FormActions>
        <Button asChild>
          <Link href="/campaigns">Back to the list</Link>
        </Button>
        <Button type="submit" variant="primary" loading={form.pending}>
          Create draft
        </Button>
      </FormActions>
    </form>
  );
}
