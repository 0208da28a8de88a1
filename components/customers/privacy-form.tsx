"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { maskableRoles, type Privacy, privacySchema } from "@/server/customers/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { roles } from "@/server/workspaces/roles";

/** Roles that read addresses masked, and the days until somebody is forgotten. */
export function PrivacyForm({ privacy }: { privacy: Privacy }) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm({
    schema: privacySchema,
    initial: privacy,
    submit: async (given) => {
      await client.customers.changePrivacy.mutate(given);
      toast.success("Privacy saved");
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  const { maskedRoles, erasureDays } = values;
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-6">
      <Section
        title="Masked addresses"
        description="These roles read +91•••4321 and r•••@example.com, on every screen, in search and in downloads. They cannot change an address that they do not read."
      >
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">Roles that read addresses masked</legend>
          {maskableRoles.map((role) => (
            <Checkbox
              key={role}
              label={roles[role].label}
              checked={maskedRoles.includes(role)}
              onCheckedChange={(checked) =>
                set(
                  "maskedRoles",
                  checked === true ? [...maskedRoles, role] : maskedRoles.filter((each) => each !== role),
                )
              }
            />
          ))}
        </fieldset>
      </Section>
      <Section
        title="Waiting time before an erasure"
        description="When somebody is to be forgotten, the personal data goes after this many days. Until then nothing is sent, and the erasure can be taken back. With 0 it goes at once."
      >
        <Field label="Days until an erasure is carried out" error={errors.erasureDays}>
          <Input
            inputMode="numeric"
            className="w-24"
            value={Number.isNaN(erasureDays) ? "" : erasureDays}
            onChange={(event) =>
              set("erasureDays", event.target.value === "" ? Number.NaN : Number(event.target.value))
            }
            onBlur={form.leave("erasureDays")}
          />
        </Field>
      </Section>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions>
        <Button type="submit" variant="primary" loading={form.pending} disabled={!form.changed}>
          Save privacy
        </Button>
      </FormActions>
    </form>
  );
}
