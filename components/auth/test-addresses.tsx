"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { type TestAddresses, testAddresses } from "@/server/auth/schemas";
import { useTRPCClient } from "@/server/trpc/react";

/** Where tests of campaigns go for the person who asks for them. */
export function TestAddressForm({ addresses }: { addresses: TestAddresses }) {
  const client = useTRPCClient();
  const form = useForm({
    schema: testAddresses,
    initial: addresses,
    submit: async (given) => {
      await client.auth.changeTestAddresses.mutate(given);
      toast.success("Addresses for tests saved");
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Field label="E-mail address for tests" error={form.errors.email}>
        <Input
          type="email"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
          onBlur={form.leave("email")}
        />
      </Field>
      <Field
        label="Phone number for tests"
        help="With its country code. WhatsApp and SMS go to it."
        error={form.errors.phone}
      >
        <Input
          type="tel"
          value={form.values.phone}
          placeholder="+91 98200 12345"
          onChange={(event) => form.set("phone", event.target.value)}
          onBlur={form.leave("phone")}
        />
      </Field>
      <FormActions>
        <Button type="submit" loading={form.pending} disabled={!form.changed}>
          Save addresses
        </Button>
      </FormActions>
    </form>
  );
}
