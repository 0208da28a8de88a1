"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { FormActions } from "@/components/ui/form-actions";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Steps } from "@/components/ui/steps";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useOpen } from "@/components/ui/use-open";
import { Specimen } from "./specimen";

const templates = [
  "Renewal reminder",
  "Premium receipt",
  "Birthday wishes",
  "Welcome",
  "Missed call",
  "Survey",
].map((label) => ({ value: label.toLowerCase(), label }));

const goals = [
  { value: "renewal", label: "Renewals", description: "A policy is renewed within the window." },
  { value: "callback", label: "Callbacks", description: "The customer asks to be called." },
  { value: "none", label: "None", description: "Only deliveries, opens and clicks are counted." },
] as const;

const schema = z.object({
  name: z.string().trim().min(1, "Give the campaign a name.").max(60, "Use at most 60 characters."),
  email: z.email("Write an address such as care@example.com."),
});

export function FormSpecimens() {
  const form = useForm({
    schema,
    initial: { name: "", email: "" },
    submit: ({ name }) => {
      if (name === "taken") throw new Error("Another campaign is called “taken”. Choose another name.");
      toast.success(`${name} is fine`);
    },
  });
  const { openId, open, close } = useOpen();
  const [template, setTemplate] = useState<string | null>("renewal reminder");
  const [goal, setGoal] = useState<(typeof goals)[number]["value"]>("renewal");
  const [view, setView] = useState<"list" | "board">("list");
  return (
    <>
      <Specimen name="Choices">
        <div className="grid w-full max-w-2xl gap-6 sm:grid-cols-2">
          <Field label="Template">
            <Combobox
              options={templates}
              value={template}
              onValueChange={setTemplate}
              searchLabel="Find a template"
              clearable
            />
          </Field>
          <div className="flex flex-col items-start gap-1.5">
            <span className="font-medium text-sm">View</span>
            <SegmentedControl
              label="View"
              value={view}
              onValueChange={setView}
              options={[
                { value: "list", label: "List" },
                { value: "board", label: "Board" },
              ]}
            />
          </div>
          <Field label="Goal">
            <RadioGroup options={goals} value={goal} onValueChange={setGoal} cards label="Goal" />
          </Field>
          <div className="flex flex-col gap-3">
            <Checkbox label="Send to those who never answered" description="1,204 customers" defaultChecked />
            <Checkbox label="Some of the tiers" checked="indeterminate" />
            <Switch
              label="Hold back at night"
              description="21:00 to 09:00, the customer's time"
              defaultChecked
            />
            <Switch label="Needs approval" disabled />
          </div>
        </div>
      </Specimen>
      <Specimen name="Form">
        <form onSubmit={form.onSubmit} noValidate className="flex w-full flex-col gap-5">
          <Section
            title="Basics"
            description="Leave a field empty to see how it says so; “taken” fails on saving."
          >
            {form.problem && <Notice tone="danger">{form.problem}</Notice>}
            <Field label="Name" help="Customers never see it." error={form.errors.name}>
              <Input
                value={form.values.name}
                onChange={(event) => form.set("name", event.target.value)}
                onBlur={form.leave("name")}
              />
            </Field>
            <Field label="Answers go to" error={form.errors.email}>
              <Input
                type="email"
                value={form.values.email}
                onChange={(event) => form.set("email", event.target.value)}
                onBlur={form.leave("email")}
              />
            </Field>
            <FormActions note={form.changed && "Not saved yet"}>
              <Button type="submit" variant="primary" loading={form.pending} disabled={!form.changed}>
                Save
              </Button>
            </FormActions>
          </Section>
        </form>
      </Specimen>
      <Specimen name="Form at the edge, open by the address">
        <Button icon={<Pencil aria-hidden />} onClick={() => open("form")}>
          Change the campaign
        </Button>
        {openId === "form" && (
          <FormDrawer title="Change the campaign" form={form} submitLabel="Save the campaign" onClose={close}>
            <Field label="Name" help="Customers never see it." error={form.errors.name}>
              <Input
                value={form.values.name}
                onChange={(event) => form.set("name", event.target.value)}
                onBlur={form.leave("name")}
              />
            </Field>
          </FormDrawer>
        )}
      </Specimen>
      <Specimen name="Steps and files">
        <div className="flex w-full max-w-2xl flex-col gap-4">
          <Steps
            label="Import"
            steps={[
              { label: "File", state: "done" },
              { label: "Columns", state: "current" },
              { label: "Dry run", state: "ahead" },
              { label: "Import", state: "ahead" },
            ]}
          />
          <FileDrop
            what="a CSV file"
            accept=".csv,text/csv"
            limit={100_000_000}
            onFile={(file) => toast.message(`${file.name} was chosen; this page does not read it`)}
          />
        </div>
      </Specimen>
    </>
  );
}
