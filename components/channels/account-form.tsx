"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import type { OwnProvider } from "@/server/channels/schemas";
import type { Channel } from "@/server/channels/status";
import { AccountFields } from "./account-fields";
import { type AccountOutput, accountSchema, initialValues } from "./account-schema";
import { CheckResult } from "./check-result";
import { useConnectionCheck } from "./use-connection-check";

type AccountFormProps = {
  channel: Channel;
  provider: OwnProvider;
  /** Null: a new one. */
  account: {
    id: string;
    name: string;
    config: Record<string, unknown>;
    secretsSet: readonly string[];
  } | null;
  /** Null: looking only. */
  submitLabel: string | null;
  /** Asks the provider first, and saves only what works. */
  checkFirst?: boolean;
  onSubmit: (output: AccountOutput) => Promise<unknown>;
  onCancel?: () => void;
  children?: ReactNode;
};

/** The settings of an account with a provider. Secrets are written, and never come back. */
export function AccountForm(props: AccountFormProps) {
  const { channel, provider, account, submitLabel, checkFirst = false, onSubmit } = props;
  const secretsSet = account?.secretsSet ?? [];
  const [schema] = useState(() => accountSchema(provider, secretsSet));
  const check = useConnectionCheck({ accountId: account?.id ?? null, channel, provider });
  const form = useForm({
    schema,
    initial: initialValues(provider, account ?? { name: "" }),
    submit: async (output) => {
      const told = checkFirst ? await check.ask(output) : null;
      if (told?.ok === false) throw new Error("Nothing was saved: the provider refuses these settings.");
      await onSubmit(withFound(output, told));
    },
  });
  const { values, errors, set } = form;
  const ask = () =>
    check.start(async () => {
      const read = schema["~standard"].validate(values);
      if (read.issues) {
        form.setErrors(
          Object.fromEntries(read.issues.map(({ path, message }) => [String(path[0]), message])),
        );
        return;
      }
      const told = await check.ask(read.value);
      if (told.ok && told.found?.displayNumber) set("displayNumber", told.found.displayNumber);
    });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <Field
        label="Name"
        help="How you find it again: the brand, the number, the country."
        error={errors.name}
      >
        <Input
          autoComplete="off"
          value={values.name ?? ""}
          onChange={(event) => set("name", event.target.value)}
          onBlur={form.leave("name")}
        />
      </Field>
      <AccountFields
        provider={provider}
        values={values}
        errors={errors}
        secretsSet={secretsSet}
        set={set}
        leave={form.leave}
      />
      {props.children}
      <CheckResult result={check.result} />
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions>
        {props.onCancel && (
          <Button variant="ghost" onClick={props.onCancel}>
            Cancel
          </Button>
        )}
        <Button loading={check.pending} onClick={ask}>
          Check the connection
        </Button>
        {submitLabel && (
          <Button type="submit" variant="primary" loading={form.pending}>
            {submitLabel}
          </Button>
        )}
      </FormActions>
    </form>
  );
}

/** What the provider knows better than the form goes with it. */
const withFound = (
  output: AccountOutput,
  told: { ok: boolean | null; found?: Record<string, string> } | null,
) => (told?.ok && told.found ? { ...output, config: { ...output.config, ...told.found } } : output);
