"use client";

import { useQuery } from "@tanstack/react-query";
import { MailCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { isBlank } from "@/server/campaigns/content";
import type { DraftFields } from "@/server/campaigns/schemas";
import { type Channel, channelLabels } from "@/server/channels/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { saidBy } from "@/server/variants/content";
import { variantName } from "@/server/variants/status";
import { errorMessage } from "../error-details";
import type { Draft } from "../use-draft";
import { languageName } from "./languages";
import { TestState } from "./test-state";
import { spokenOf } from "./use-place";

type Outcome = { testId: string } | { problem: string } | "sending";

type Written = { key: string; variant: number; channel: Channel; language: string };

/** Every message that is written: channel and language, and each variant that says it in other words. */
function writtenIn(fields: DraftFields): Written[] {
  const { abTest, languages } = fields;
  const differing = abTest && abTest.varies !== "channel" ? abTest.variants.length : 1;
  return Array.from({ length: differing }, (_, variant) => variant).flatMap((variant) => {
    const { bodies } = abTest ? saidBy(fields, abTest, variant) : fields;
    return spokenOf(fields)
      .filter((channel) => variant === 0 || channel === "email" || abTest?.varies === "body")
      .flatMap((channel) =>
        languages
          .filter((language) => !isBlank(bodies, channel, language))
          .map((language) => ({ key: `${variant} ${channel} ${language}`, variant, channel, language })),
      );
  });
}

function labelOf({ variant, channel, language }: Written, tested: boolean): string {
  const what = `${channelLabels[channel]} in ${languageName(language)}`;
  return tested ? `Variant ${variantName(variant)}: ${what}` : what;
}

/** Sends what is written to the person who writes it, through the accounts that would carry it. */
export function TestDialog({ id, draft }: { id: string; draft: Draft }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      width="md"
      title="Send yourself a test"
      description="Filled with the values of a customer of the audience. It reaches no customer and counts nowhere."
      trigger={
        <Button icon={<MailCheck aria-hidden />}>
          <span className="max-sm:sr-only">Send a test</span>
        </Button>
      }
    >
      {open && <TestForm id={id} draft={draft} />}
    </Dialog>
  );
}

function TestForm({ id, draft }: { id: string; draft: Draft }) {
  const trpc = useTRPC();
  const stored = useQuery(trpc.auth.testAddresses.queryOptions());
  const written = writtenIn(draft.fields);
  if (written.length === 0)
    return <p className="text-muted">Nothing is written yet. Write a message first.</p>;
  if (stored.isError) return <Notice tone="danger">{stored.error.message}</Notice>;
  return stored.data ? <TestFields id={id} draft={draft} initial={stored.data} /> : null;
}

type TestFieldsProps = { id: string; draft: Draft; initial: { email: string; phone: string } };

function TestFields({ id, draft, initial }: TestFieldsProps) {
  const client = useTRPCClient();
  const written = writtenIn(draft.fields);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(written.map(({ key }) => key)));
  const [to, setTo] = useState(initial);
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = written.filter(({ key }) => chosen.has(key));
  const needs = {
    email: asked.some(({ channel }) => channel === "email"),
    phone: asked.some(({ channel }) => channel !== "email"),
  };
  const send = async () => {
    setProblem(null);
    setBusy(true);
    try {
      if (!(await draft.flush()))
        throw new Error("The last change is not saved. Mend it first, then send the test.");
      if (to.email !== initial.email || to.phone !== initial.phone)
        await client.auth.changeTestAddresses.mutate(to);
      for (const { key, variant, channel, language } of asked) {
        const address = channel === "email" ? to.email : to.phone;
        if (address.trim() === "") {
          const problem = channel === "email" ? "Write your e-mail address." : "Write your phone number.";
          setOutcomes((before) => ({ ...before, [key]: { problem } }));
          continue;
        }
        setOutcomes((before) => ({ ...before, [key]: "sending" }));
        const outcome = await client.campaigns.sendTest
          .mutate({ id, variant, channel, language, to: address })
          .catch((error: unknown) => ({ problem: errorMessage(error) }));
        setOutcomes((before) => ({ ...before, [key]: outcome }));
      }
    } catch (error) {
      setProblem(errorMessage(error));
    }
    setBusy(false);
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset className="flex flex-col gap-2.5">
        <legend className="mb-2 font-medium text-sm">Messages</legend>
        {written.map((each) => (
          <div key={each.key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <Checkbox
              label={labelOf(each, draft.fields.abTest !== null)}
              checked={chosen.has(each.key)}
              onCheckedChange={(on) => {
                const next = new Set(chosen);
                if (on === true) next.add(each.key);
                else next.delete(each.key);
                setChosen(next);
              }}
            />
            <TestState outcome={outcomes[each.key]} />
          </div>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        {needs.email && (
          <Field label="Your e-mail address">
            <Input
              type="email"
              value={to.email}
              onChange={(event) => setTo({ ...to, email: event.target.value })}
            />
          </Field>
        )}
        {needs.phone && (
          <Field label="Your phone number">
            <Input
              type="tel"
              value={to.phone}
              placeholder="+91 98200 12345"
              onChange={(event) => setTo({ ...to, phone: event.target.value })}
            />
          </Field>
        )}
      </div>
      <p className="text-faint text-sm">
        The addresses are kept in your profile. Mails and free texts begin with [Test]; registered texts and
        approved templates must stay as they are.
      </p>
      {problem && <Notice tone="danger">{problem}</Notice>}
      <Button
        type="submit"
        variant="primary"
        loading={busy}
        disabled={asked.length === 0}
        className="self-end"
      >
        {asked.length === 1 ? "Send the test" : `Send ${asked.length} tests`}
      </Button>
    </form>
  );
}
