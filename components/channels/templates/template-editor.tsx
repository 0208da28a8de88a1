"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { templateProblems } from "@/server/channels/content";
import { saveTemplateInput, templateCategories, type WhatsAppTemplateParts } from "@/server/channels/schemas";
import type {
  WhatsAppAccount,
  WhatsAppTemplateLine,
} from "@/server/channels/whatsapp-templates/list-templates";
import { useTRPCClient } from "@/server/trpc/react";
import { TemplateFields } from "./template-fields";
import { TemplatePreview } from "./template-preview";
import {
  languageLabel,
  templateCategoryHelp,
  templateCategoryLabels,
  templateLanguages,
} from "./template-words";

const blank: WhatsAppTemplateParts = { header: null, body: "", footer: null, buttons: [], samples: [] };

type TemplateEditorProps = {
  accounts: readonly WhatsAppAccount[];
  /** Null: a new one. */
  template: WhatsAppTemplateLine | null;
};

/** A template with its preview on a phone; what Meta would refuse is said while one writes. */
export function TemplateEditor({ accounts, template }: TemplateEditorProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [first] = accounts;
  const form = useForm({
    schema: saveTemplateInput,
    initial: {
      templateId: template?.id ?? null,
      accountId: template?.accountId ?? first?.id ?? "",
      name: template?.name ?? "",
      language: template?.language ?? "en",
      category: template?.category ?? ("utility" as WhatsAppTemplateLine["category"]),
      parts: template?.parts ?? blank,
    },
    submit: async (given) => {
      const { templateId } = await client.channels.saveTemplate.mutate(given);
      toast.success("Saved as a draft", { description: "Look at it once more, then submit it." });
      router.push(`/settings/channels/templates?open=${templateId}`);
    },
  });
  const { values, errors, set } = form;
  const fixed = template?.submitted ?? false;
  const problems = templateProblems(values);
  const account = accounts.find(({ id }) => id === values.accountId);
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-5">
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label="Name"
              error={errors.name}
              help={
                fixed ? "Meta knows it by this name, so it stays." : "Small letters, digits and underscores."
              }
            >
              <Input
                className="font-mono"
                autoComplete="off"
                disabled={fixed}
                placeholder="renewal_reminder"
                value={values.name}
                onChange={(event) => set("name", event.target.value.toLowerCase().replace(/[\s-]+/g, "_"))}
                onBlur={form.leave("name")}
              />
            </Field>
            <Field label="Language" error={errors.language}>
              <Select
                disabled={fixed}
                options={[...new Set([...templateLanguages, values.language])].map((value) => ({
                  value,
                  label: languageLabel(value),
                }))}
                value={values.language}
                onValueChange={(language) => set("language", language)}
              />
            </Field>
            {accounts.length > 1 && (
              <Field label="Account" error={errors.accountId}>
                <Select
                  disabled={fixed}
                  options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
                  value={values.accountId}
                  onValueChange={(accountId) => set("accountId", accountId)}
                />
              </Field>
            )}
          </div>
          <Field label="Category" error={errors.category}>
            <RadioGroup
              cards
              options={templateCategories
                .filter((value) => value !== "authentication" || values.category === value)
                .map((value) => ({
                  value,
                  label: templateCategoryLabels[value],
                  description: templateCategoryHelp[value],
                }))}
              value={values.category}
              onValueChange={(category) => set("category", category)}
            />
          </Field>
          <TemplateFields
            parts={values.parts}
            problems={values.parts.body === "" ? [] : problems}
            error={errors.parts}
            onChange={(parts) => set("parts", parts)}
          />
        </div>
        <div className="flex justify-center lg:sticky lg:top-20">
          <TemplatePreview sender={account?.name ?? "WhatsApp"} parts={values.parts} />
        </div>
      </div>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions
        sticky
        note={
          values.parts.body !== "" && problems.length > 0
            ? `${problems.length === 1 ? "1 thing" : `${problems.length} things`} to mend before Meta takes it. A draft can be saved as it is.`
            : undefined
        }
      >
        <Button variant="ghost" onClick={() => router.push("/settings/channels/templates")}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" loading={form.pending}>
          Save the draft
        </Button>
      </FormActions>
    </form>
  );
}
