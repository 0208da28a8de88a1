"use client";

import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import type { Advisor } from "@/server/customers/advisors";
import {
  type CustomerFields,
  customerFields,
  languageLabels,
  type StopState,
  stopStateLabels,
  stopStates,
  type Tier,
  tierLabels,
  tiers,
} from "@/server/customers/schemas";
import { AttributeFields } from "./attribute-fields";

type Values = {
  name: string;
  externalId: string;
  phone: string;
  email: string;
  language: string;
  tier: Tier;
  city: string;
  birthDate: string;
  stopState: StopState | null;
  attributes: Record<string, string>;
  advisorId: string | null;
};
type TextField = "name" | "phone" | "email" | "city" | "birthDate" | "externalId";

const texts: { name: TextField; label: string; help?: string; type?: string; optional?: boolean }[] = [
  { name: "name", label: "Name" },
  {
    name: "phone",
    label: "Phone",
    help: "Ten digits are an Indian mobile; else begin with +",
    optional: true,
  },
  { name: "email", label: "E-mail", type: "email", optional: true },
  { name: "city", label: "City", optional: true },
  { name: "birthDate", label: "Birth date", type: "date", optional: true },
  { name: "externalId", label: "External id", help: "Your own number for the customer", optional: true },
];

const tierOptions = tiers.map((value) => ({ value, label: tierLabels[value] }));
const stopOptions = [
  { value: "none" as const, label: "Not stopped" },
  ...stopStates.map((value) => ({ value, label: stopStateLabels[value] })),
];

type CustomerDrawerProps = {
  title: string;
  initial: Values;
  definitions: readonly AttributeDefinition[];
  /** Whose book the customer can be in; left out for an advisor, whose customers are their own. */
  advisors: readonly Advisor[] | null;
  /** Addresses that are there and that the person reads masked: they cannot be changed. */
  masked?: Partial<Record<"phone" | "email", string>>;
  submitLabel: string;
  /** A new one: what is missing is said when it is to be added. */
  ready?: boolean;
  onClose: () => void;
  onSubmit: (fields: CustomerFields) => Promise<void>;
};

/** The fields of a customer, for adding and changing. */
export function CustomerDrawer(props: CustomerDrawerProps) {
  const { initial, definitions, advisors, masked = {}, onSubmit, ...drawer } = props;
  const form = useForm({ schema: customerFields, initial, submit: onSubmit });
  const languages = {
    ...languageLabels,
    [initial.language]: languageLabels[initial.language] ?? initial.language,
  };
  return (
    <FormDrawer form={form} {...drawer}>
      {texts.map(({ name, label, help, type, optional }) => {
        const hidden = name === "phone" || name === "email" ? masked[name] : undefined;
        return (
          <Field
            key={name}
            label={label}
            help={hidden ? "You read it masked, so you cannot change it." : help}
            optional={optional}
            error={form.errors[name]}
          >
            <Input
              type={hidden ? "text" : (type ?? "text")}
              disabled={hidden !== undefined}
              value={hidden ?? form.values[name]}
              onChange={(event) => form.set(name, event.target.value)}
              onBlur={form.leave(name)}
            />
          </Field>
        );
      })}
      <Field label="Language of messages" error={form.errors.language}>
        <Select
          options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          value={form.values.language}
          onValueChange={(value) => form.set("language", value)}
        />
      </Field>
      <Field label="Tier" error={form.errors.tier}>
        <Select
          options={tierOptions}
          value={form.values.tier}
          onValueChange={(value) => form.set("tier", value)}
        />
      </Field>
      <Field label="Promotion" help="A stop state ends promotion; service messages go on.">
        <Select
          options={stopOptions}
          value={form.values.stopState ?? "none"}
          onValueChange={(value) => form.set("stopState", value === "none" ? null : value)}
        />
      </Field>
      {advisors && (
        <Field label="Advisor" optional help="The advisor sees the customer in the own book.">
          <Combobox
            options={advisors.map(({ id, name }) => ({ value: id, label: name }))}
            value={form.values.advisorId}
            searchLabel="Find an advisor"
            placeholder="None"
            clearable
            onValueChange={(id) => form.set("advisorId", id)}
          />
        </Field>
      )}
      <AttributeFields
        definitions={definitions.filter(({ archived }) => !archived)}
        values={form.values.attributes}
        onChange={(attributes) => form.set("attributes", attributes)}
      />
    </FormDrawer>
  );
}
