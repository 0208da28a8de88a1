"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { z } from "zod";
import { CustomerPicker, type PickedCustomer } from "@/components/customers/customer-picker";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { eventName, knownEvents, knownProperties, type PropertyValue } from "@/server/events/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { type PropertyDraft, PropertyFields } from "./property-fields";
import { eventHint, eventLabel } from "./words";

/** "Add event" and its form: for what a system did not tell. */
export function AddEvent({ zone }: { zone: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add event
      </Button>
      {open && <EventForm zone={zone} onDone={() => setOpen(false)} />}
    </>
  );
}

const draftSchema = z.object({
  customer: z.object({ id: z.string(), name: z.string() }, { error: "Choose the customer." }),
  name: eventName,
  at: z.string(),
  properties: z.custom<PropertyDraft[]>().superRefine((properties, ctx) => {
    for (const { key, type, value } of properties) {
      if (value.trim() === "") continue;
      if (!/^[a-z][a-z0-9_]{0,59}$/.test(key))
        ctx.addIssue({
          code: "custom",
          message: "A property's name is made of lower-case letters, digits and _.",
        });
      if (type === "number" && Number.isNaN(Number(value)))
        ctx.addIssue({ code: "custom", message: `${key || "The property"} is a number, like 1250.50.` });
    }
  }),
});

type Draft = { customer: PickedCustomer | null; name: string; at: string; properties: PropertyDraft[] };
const blank: Draft = { customer: null, name: "", at: "", properties: [] };

function EventForm({ zone, onDone }: { zone: string; onDone: () => void }) {
  const { events } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const names = useQuery(trpc.events.names.queryOptions());
  const form = useForm({
    schema: draftSchema,
    initial: blank,
    submit: async ({ customer, name, at, properties }) => {
      const { outcomes } = await events.ingest.mutate({
        events: [
          {
            name,
            customer: { id: customer.id },
            properties: valuesOf(properties),
            ...(at ? { occurred_at: new Date(at).toISOString() } : {}),
          },
        ],
      });
      const [outcome] = outcomes;
      if (outcome?.status !== "stored")
        throw new Error(outcome?.status === "refused" ? outcome.reason : "The event was not stored.");
      toast.success(`${eventLabel(name)} added for ${customer.name || "the customer"}`);
      onDone();
      void queryClient.invalidateQueries(trpc.events.pathFilter());
    },
  });
  const { values, errors } = form;
  const offered = [...new Set([...Object.keys(knownEvents), ...(names.data ?? []).map((each) => each.name)])];
  const choose = (name: string) => {
    form.set("name", name);
    const own = values.properties.filter(({ fixed, value }) => !fixed && value !== "");
    const known = Object.entries(knownProperties(name)).map(([key, type]) => ({
      key,
      type,
      value: "",
      fixed: true,
    }));
    form.set("properties", [...known, ...own]);
  };
  return (
    <FormDrawer title="Add event" form={form} submitLabel="Add event" ready onClose={onDone}>
      <Field label="Customer" error={errors.customer}>
        <CustomerPicker value={values.customer} onChange={(customer) => form.set("customer", customer)} />
      </Field>
      <Field
        label="Event"
        help={eventHint(values.name) ?? "One of the list, or a name of your own, like branch_visit."}
        error={errors.name}
      >
        <Input
          list="event-names"
          value={values.name}
          onChange={(event) => choose(event.target.value.toLowerCase().replaceAll(/\s+/g, "_"))}
          onBlur={values.name ? form.leave("name") : undefined}
        />
      </Field>
      <datalist id="event-names">
        {offered.map((name) => (
          <option key={name} value={name}>
            {eventLabel(name)}
          </option>
        ))}
      </datalist>
      <Field
        label="When"
        optional
        help={`Now, when left empty. Times are those of this device; lists show them in ${zone}.`}
        error={errors.at}
      >
        <Input
          type="datetime-local"
          value={values.at}
          onChange={(event) => form.set("at", event.target.value)}
        />
      </Field>
      <PropertyFields
        properties={values.properties}
        onChange={(properties) => form.set("properties", properties)}
      />
      {errors.properties && <p className="text-danger text-xs">{errors.properties}</p>}
    </FormDrawer>
  );
}

function valuesOf(properties: readonly PropertyDraft[]): Record<string, PropertyValue> {
  const typed = ({ type, value }: PropertyDraft): PropertyValue =>
    type === "number" ? Number(value) : type === "boolean" ? value === "true" : value.trim();
  return Object.fromEntries(
    properties.filter(({ value }) => value.trim() !== "").map((each) => [each.key, typed(each)]),
  );
}
