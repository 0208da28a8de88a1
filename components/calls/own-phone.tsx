"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import { ownPhoneInput } from "@/server/calls/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Asks an agent once for the phone that the bridge rings first. */
export function OwnPhone() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({
    schema: ownPhoneInput,
    initial: { phone: "" },
    submit: async (given) => {
      await client.calls.setOwnPhone.mutate(given);
      await queryClient.invalidateQueries(trpc.calls.desk.pathFilter());
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-2">
      <Field
        label="Your phone"
        help="It rings first; when you pick up, the customer is called."
        error={form.errors.phone}
      >
        <Input
          inputMode="tel"
          autoComplete="tel"
          placeholder="+91 98123 45678"
          value={form.values.phone}
          onChange={(event) => form.set("phone", event.target.value)}
          onBlur={form.leave("phone")}
        />
      </Field>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Button type="submit" loading={form.pending} disabled={!form.changed}>
        Use this phone
      </Button>
    </form>
  );
}
