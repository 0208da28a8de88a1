"use client";

import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import {
  type AttributeType,
  attributeTypeLabels,
  attributeTypes,
  createAttributeInput,
  keyOfLabel,
} from "@/server/attributes/schemas";

export type AttributeFields = {
  label: string;
  key: string;
  type: AttributeType;
  options: string[];
  description: string;
};

const typeOptions = attributeTypes.map((value) => ({ value, label: attributeTypeLabels[value] }));

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

type AttributeDrawerProps = {
  title: string;
  initial: AttributeFields;
  /** The key of one that stands: rules and tags name it, so it does not change. */
  keyIsFixed: boolean;
  submitLabel: string;
  /** What is filled in may be saved as it stands. */
  ready?: boolean;
  onClose: () => void;
  onSubmit: (fields: AttributeFields) => Promise<void>;
};

/** What an attribute is called, which values it takes, and what they mean. */
export function AttributeDrawer({ initial, keyIsFixed, onSubmit, ...drawer }: AttributeDrawerProps) {
  const form = useForm({
    schema: createAttributeInput,
    initial: { ...initial, optionLines: initial.options.join("\n") },
    submit: onSubmit,
  });
  const { values, errors, set } = form;
  const rename = (label: string) => {
    // The key follows the name until somebody writes one of their own.
    if (!keyIsFixed && values.key === keyOfLabel(values.label)) set("key", keyOfLabel(label));
    set("label", label);
  };
  return (
    <FormDrawer form={form} {...drawer}>
      <Field label="Name" error={errors.label}>
        <Input
          autoComplete="off"
          value={values.label}
          onChange={(event) => rename(event.target.value)}
          onBlur={form.leave("label")}
        />
      </Field>
      <Field
        label="Key"
        error={errors.key}
        help={
          keyIsFixed
            ? "Segments, tags, files and the API know it by this key, so it stays."
            : "Segments, tags, files and the API will know it by this key; it stays."
        }
      >
        <Input
          autoComplete="off"
          disabled={keyIsFixed}
          className="font-mono"
          value={values.key}
          onChange={(event) => set("key", event.target.value)}
          onBlur={form.leave("key")}
        />
      </Field>
      <Field label="Type" error={errors.type}>
        <Select options={typeOptions} value={values.type} onValueChange={(type) => set("type", type)} />
      </Field>
      {values.type === "choice" && (
        <Field
          label="Options"
          help="One a line, in the order in which they are offered."
          error={errors.options}
        >
          <Textarea
            rows={6}
            value={values.optionLines}
            onChange={(event) => {
              set("optionLines", event.target.value);
              set("options", linesOf(event.target.value));
            }}
          />
        </Field>
      )}
      <Field label="Description" optional error={errors.description} help="Shown where somebody fills it in.">
        <Input value={values.description} onChange={(event) => set("description", event.target.value)} />
      </Field>
    </FormDrawer>
  );
}
