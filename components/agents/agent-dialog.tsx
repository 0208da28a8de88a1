"use client";

import { useRouter } from "next/navigation";
import { typeOptions } from "@/components/sla/policy-words";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { AgentLine } from "@/server/agents/list";
import { changeAgentInput } from "@/server/agents/schemas";
import { languageLabels } from "@/server/customers/schemas";
import { useTRPCClient } from "@/server/trpc/react";

const languageOptions = Object.entries(languageLabels).map(([value, label]) => ({ value, label }));

/** How much somebody is given at once, about what and in which languages. */
export function AgentDialog({ agent, onClose }: { agent: AgentLine; onClose: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const { membershipId, capacity, skills, languages } = agent;
  const form = useForm({
    schema: changeAgentInput,
    initial: { membershipId, capacity: capacity as number, skills, languages },
    submit: async (given) => {
      await client.agents.change.mutate(given);
      toast.success(`${agent.name} was changed`);
      router.refresh();
      onClose();
    },
  });
  const { values, errors, set } = form;
  return (
    <Dialog title={agent.name} open onOpenChange={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <Field
          label="Capacity"
          help="Requests that may be given to them at once. What they take by themselves is not limited."
          error={errors.capacity}
        >
          <Input
            inputMode="numeric"
            maxLength={2}
            className="w-20 text-right tabular-nums"
            value={Number.isNaN(values.capacity) ? "" : String(values.capacity)}
            onChange={(event) => set("capacity", Number.parseInt(event.target.value, 10))}
            onBlur={form.leave("capacity")}
          />
        </Field>
        <Field label="Topics" help="Empty: all of them." error={errors.skills}>
          <MultiCombobox
            options={typeOptions}
            values={values.skills}
            allowOther
            placeholder="Any"
            onValuesChange={(chosen) => set("skills", chosen)}
          />
        </Field>
        <Field
          label="Languages"
          help="Empty: all of them. Requests without a language go to anybody."
          error={errors.languages}
        >
          <MultiCombobox
            options={languageOptions}
            values={values.languages}
            placeholder="Any"
            onValuesChange={(chosen) => set("languages", chosen)}
          />
        </Field>
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <DialogActions pending={form.pending} disabled={!form.changed} />
      </form>
    </Dialog>
  );
}
