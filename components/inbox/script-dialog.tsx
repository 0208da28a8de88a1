"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { quietScript, type SandboxConfig, sandboxConfig, usualScript } from "@/server/channels/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type Script = SandboxConfig & { waiting: number };

/** How the sandbox's customers behave: for administrators. */
export function ScriptDialog() {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const query = useQuery(trpc.channels.script.queryOptions(undefined, { enabled: open, staleTime: 0 }));
  return (
    <>
      <IconButton
        label="Scripted customers"
        icon={<Clapperboard aria-hidden />}
        onClick={() => setOpen(true)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="md"
        title="Scripted customers"
        description="In the sandbox, customers can open, click, pay and answer by themselves. What you set here counts for what is sent from now on, on every channel that the sandbox carries."
      >
        {query.error && <Notice tone="danger">{query.error.message}</Notice>}
        {query.data && !query.isFetching ? (
          <ScriptForm script={query.data} onDone={() => setOpen(false)} />
        ) : (
          !query.error && <Skeleton className="h-80" />
        )}
      </Dialog>
    </>
  );
}

const shares = [
  {
    name: "open",
    label: "Open or read",
    help: "Of what was delivered. Nobody is told of an SMS that is read.",
  },
  { name: "click", label: "Click", help: "Of those that were opened, and of delivered SMS." },
  {
    name: "convert",
    label: "Reach the goal",
    help: "Of those that click, where the campaign measures an event: worth the premium of their policy.",
  },
  {
    name: "reply",
    label: "Answer",
    help: "Of what was delivered: questions, “call me”, a few STOPs and complaints.",
  },
  { name: "bounce", label: "Bounce", help: "Of the addresses; always the same ones. They are suppressed." },
  { name: "throttle", label: "Throttle", help: "Of the attempts: come again later. Sending slows down." },
] as const;

type Values = Record<(typeof shares)[number]["name"] | "fastest" | "slowest" | "seed", string>;

const valuesOf = (script: SandboxConfig): Values => ({
  ...(Object.fromEntries(
    shares.map(({ name }) => [name, String(Math.round(script[name] * 1_000) / 10)]),
  ) as Values),
  fastest: String(script.fastest),
  slowest: String(script.slowest),
  seed: script.seed,
});

const numberOf = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")));

/** Percent as people type it, to shares. */
const formSchema = {
  "~standard": {
    validate: (given: unknown) => {
      const values = given as Values;
      const read = sandboxConfig.safeParse({
        ...Object.fromEntries(shares.map(({ name }) => [name, numberOf(values[name]) / 100])),
        fastest: numberOf(values.fastest),
        slowest: numberOf(values.slowest),
        seed: values.seed,
      });
      if (!read.success)
        return {
          issues: read.error.issues.map(({ path }) => ({
            path,
            message:
              path[0] === "fastest" || path[0] === "slowest"
                ? "Whole seconds, at most 86,400."
                : path[0] === "seed"
                  ? "Use at most 40 characters."
                  : "A percentage from 0 to 100.",
          })),
        };
      if (read.data.slowest < read.data.fastest)
        return { issues: [{ path: ["slowest"], message: "Not before the first." }] };
      return { value: read.data };
    },
  },
} as const;

function ScriptForm({ script, onDone }: { script: Script; onDone: () => void }) {
  const { channels } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm<Values, SandboxConfig>({
    schema: formSchema,
    initial: valuesOf(script),
    submit: async (config) => {
      await channels.changeScript.mutate(config);
      await queryClient.invalidateQueries(trpc.channels.script.queryFilter());
      toast.success("The sandbox's customers do so from the next message on");
      onDone();
    },
  });
  const fill = (preset: SandboxConfig) => {
    for (const [name, value] of Object.entries(valuesOf({ ...preset, seed: form.values.seed })))
      form.set(name as keyof Values, value);
  };
  const field = (name: keyof Values, label: string, more: { help?: string; suffix?: string }) => (
    <Field key={name} label={label} help={more.help} error={form.errors[name]} optional={name === "seed"}>
      <Input
        inputMode={name === "seed" ? undefined : "decimal"}
        suffix={more.suffix}
        value={form.values[name]}
        onChange={(event) => form.set(name, event.target.value)}
        onBlur={form.leave(name)}
      />
    </Field>
  );
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => fill(usualScript)}>
          As usual
        </Button>
        <Button size="sm" onClick={() => fill(quietScript)}>
          Nobody does anything
        </Button>
        {script.waiting > 0 && (
          <span className="text-muted text-sm">
            {formatCount(script.waiting)} {script.waiting === 1 ? "act is" : "acts are"} still to come
          </span>
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {shares.map(({ name, label, help }) => field(name, label, { help, suffix: "%" }))}
        {field("seed", "Seed", { help: "With the same seed the same messages fare the same." })}
        {field("fastest", "First after", { suffix: "s" })}
        {field("slowest", "Last after", { suffix: "s" })}
      </div>
      <DialogActions pending={form.pending} />
    </form>
  );
}
