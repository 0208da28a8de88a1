"use client";

import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { limitsInput } from "@/server/channels/schemas";
import { providers } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";

const numberOrNone = z.preprocess(
  (typed) => (String(typed).trim() === "" ? null : Number(typed)),
  z.unknown(),
);
const schema = z
  .object({ ratePerSecond: numberOrNone, dailyLimit: numberOrNone })
  .pipe(limitsInput.omit({ accountId: true }));

const written = (value: number | null): string => (value === null ? "" : String(value));

/** How fast and how much an account sends; seen by whatever is being sent within seconds. */
export function LimitsCard({ account }: { account: AccountDetail }) {
  const client = useTRPCClient();
  const form = useForm({
    schema,
    initial: { ratePerSecond: written(account.ratePerSecond), dailyLimit: written(account.dailyLimit) },
    submit: async (limits) => {
      await client.channels.setLimits.mutate({ accountId: account.id, ...limits });
      toast.success("Limits saved", { description: "What is being sent keeps to them from now on." });
    },
  });
  const own = providers[account.provider].perSecond;
  const { values, errors, set } = form;
  return (
    <Card title="Limits" description="Whatever campaigns ask for, the account never sends more.">
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Messages a second"
            optional
            error={errors.ratePerSecond}
            help={
              own === null
                ? "Empty: as fast as the provider takes them."
                : `Empty: ${formatCount(own)} a second, where the provider's own limit begins.`
            }
          >
            <Input
              inputMode="decimal"
              placeholder={own === null ? "No limit" : String(own)}
              value={values.ratePerSecond}
              onChange={(event) => set("ratePerSecond", event.target.value)}
              onBlur={form.leave("ratePerSecond")}
            />
          </Field>
          <Field
            label="Messages a day"
            optional
            error={errors.dailyLimit}
            help={`What is left waits for the next day. ${formatCount(account.today.sent)} went out today.`}
          >
            <Input
              inputMode="numeric"
              placeholder="No limit"
              value={values.dailyLimit}
              onChange={(event) => set("dailyLimit", event.target.value)}
              onBlur={form.leave("dailyLimit")}
            />
          </Field>
        </div>
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <FormActions>
          <Button type="submit" loading={form.pending} disabled={!form.changed}>
            Save limits
          </Button>
        </FormActions>
      </form>
    </Card>
  );
}
