"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useTRPCClient } from "@/server/trpc/react";
import type { WorkspaceSettings } from "@/server/workspaces/get-settings";
import { changeSettingsInput } from "@/server/workspaces/schemas";

type SettingsFormProps = { settings: WorkspaceSettings; timeZones: readonly string[] };

/** Name, time zone and approval of the workspace. */
export function SettingsForm({ settings, timeZones }: SettingsFormProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm({
    schema: changeSettingsInput,
    initial: settings,
    submit: async (given) => {
      await client.workspaces.changeSettings.mutate(given);
      toast.success("Settings saved");
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-6">
      <Section
        title="Name"
        description="People see it in the switcher; customers see the company's name of each campaign."
      >
        <Field label="Name" error={errors.name}>
          <Input
            value={values.name}
            onChange={(event) => set("name", event.target.value)}
            onBlur={form.leave("name")}
          />
        </Field>
      </Section>
      <Section title="Time zone" description="Times on screen are shown in it, and days begin in it.">
        <Field label="Time zone" error={errors.timeZone}>
          <Combobox
            options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
            value={values.timeZone}
            searchLabel="Find a city or zone"
            onValueChange={(zone) => zone && set("timeZone", zone)}
          />
        </Field>
      </Section>
      <Section title="Approval" description="Nothing is sent without a second look.">
        <Checkbox
          label="Campaigns need approval"
          description="A campaign is launched or scheduled only as an approver, who is somebody else, has approved it. An edit takes the approval away. Approvers are named under People."
          checked={values.approvalRequired}
          onCheckedChange={(checked) => set("approvalRequired", checked === true)}
        />
      </Section>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions>
        <Button type="submit" variant="primary" loading={form.pending} disabled={!form.changed}>
          Save settings
        </Button>
      </FormActions>
    </form>
  );
}
