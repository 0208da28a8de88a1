"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { variablesOf } from "@/server/channels/content";
import { sendTestInput } from "@/server/channels/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { addressWords } from "./words";

type TestFormProps = { account: AccountDetail; onCancel: () => void; onSent: (testId: string) => void };

type Text = { id: string; label: string; description: string; places: readonly string[] };

/** Where the test goes, and what it says. */
export function TestForm({ account, onCancel, onSent }: TestFormProps) {
  const client = useTRPCClient();
  const texts = useTexts(account);
  const form = useForm({
    schema: sendTestInput.omit({ accountId: true }),
    initial: {
      to: "",
      templateId: null as string | null,
      registrationId: null as string | null,
      variables: [] as string[],
    },
    submit: async (given) => {
      const { testId } = await client.channels.sendTest.mutate({ accountId: account.id, ...given });
      onSent(testId);
    },
  });
  const { values, errors, set } = form;
  const words = addressWords[account.channel];
  const key = account.channel === "sms" ? "registrationId" : "templateId";
  const chosen = texts?.find(({ id }) => id === values[key]);
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <Field label={words.label} help={words.help} error={errors.to}>
        <Input
          placeholder={words.placeholder}
          inputMode={account.channel === "email" ? "email" : "tel"}
          autoComplete={account.channel === "email" ? "email" : "tel"}
          value={values.to}
          onChange={(event) => set("to", event.target.value)}
          onBlur={form.leave("to")}
        />
      </Field>
      {account.channel !== "email" && (
        <Field label="Message" help={textHelp(account, texts?.length ?? null)}>
          <Combobox
            options={(texts ?? []).map(({ id, label, description }) => ({ value: id, label, description }))}
            value={values[key]}
            placeholder="A few plain words"
            searchLabel="Find a text"
            clearable
            onValueChange={(id) => {
              set(key, id);
              set("variables", texts?.find((text) => text.id === id)?.places.map(() => "") ?? []);
            }}
          />
        </Field>
      )}
      {chosen?.places.map((place, index) => (
        <Field key={place} label={`Value of ${place}`}>
          <Input
            value={values.variables[index] ?? ""}
            onChange={(event) =>
              set(
                "variables",
                chosen.places.map((_, at) =>
                  at === index ? event.target.value : (values.variables[at] ?? ""),
                ),
              )
            }
          />
        </Field>
      ))}
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" loading={form.pending}>
          Send the test
        </Button>
      </FormActions>
    </form>
  );
}

function textHelp({ channel, provider }: AccountDetail, known: number | null): string {
  if (channel === "sms")
    return provider === "sandbox"
      ? "The sandbox takes any words; a provider in India takes texts of the DLT registry only."
      : "Numbers in India take texts of the DLT registry only.";
  if (known === 0)
    return "No template is approved yet. Plain words reach you only if you wrote to the number today.";
  return "Plain words reach you only if you wrote to the number in the last 24 hours; a template always does.";
}

/** Approved templates of the account, or active texts of the registry; undefined while they are read. */
function useTexts({ id, channel }: AccountDetail): readonly Text[] | undefined {
  const trpc = useTRPC();
  const templates = useQuery(
    trpc.channels.templates.queryOptions(undefined, { enabled: channel === "whatsapp" }),
  );
  const registry = useQuery(trpc.channels.registry.queryOptions(undefined, { enabled: channel === "sms" }));
  if (channel === "sms")
    return registry.data
      ?.filter(({ status }) => status === "active")
      .map(({ id: text, name, text: description, places }) => ({
        id: text,
        label: name,
        description,
        places: places.map((type, index) => `${index + 1} (${type})`),
      }));
  return templates.data
    ?.filter(({ accountId, approval }) => accountId === id && approval === "approved")
    .filter(({ parts }) => parts.header === null || parts.header.kind === "text")
    .map(({ id: text, name, language, parts }) => ({
      id: text,
      label: `${name} (${language})`,
      description: parts.body,
      places: variablesOf(parts.body).map((number) => `{{${number}}}`),
    }));
}
