"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { presenceLabels } from "@/server/callbacks/content";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { type Handling, HandOverDialog } from "./hand-over-dialog";

/** What can be done with a request besides calling. */
export type HandOverAct = "pass" | "raise" | "message";

/** The dialog of an act. */
export function HandOver({ act, ...handling }: Handling & { act: HandOverAct }) {
  if (act === "pass") return <PassOn {...handling} />;
  return act === "raise" ? <Raise {...handling} /> : <Message {...handling} />;
}

/** To another person, or to a team whose people alone are given it then. */
function PassOn({ callbackId, generation, ...rest }: Handling) {
  const client = useTRPCClient();
  const { data } = useQuery(useTRPC().callbacks.passTargets.queryOptions());
  const [to, setTo] = useState<string>();
  const options = [
    ...(data?.people ?? []).map(({ id, name, presence }) => ({
      value: `person:${id}`,
      label: name,
      description: presenceLabels[presence],
    })),
    ...(data?.teams ?? []).map(({ id, name, people }) => ({
      value: `team:${id}`,
      label: name,
      description: `Team of ${formatCount(people)}`,
    })),
  ];
  return (
    <HandOverDialog
      title="Pass the request on"
      description="What was promised stands, and no clock moves."
      verb="Pass on"
      noteLabel="What they should know"
      ready={to !== undefined}
      act={async (note) => {
        const [kind, id = ""] = to?.split(":") ?? [];
        await client.callbacks.passOn.mutate({
          callbackId,
          generation,
          to: { kind: kind === "team" ? "team" : "person", id },
          note,
        });
        toast.success("Passed on");
      }}
      {...rest}
    >
      <Field label="To whom">
        <Select value={to} onValueChange={setTo} placeholder="Choose a person or a team" options={options} />
      </Field>
    </HandOverDialog>
  );
}

function Raise({ callbackId, generation, ...rest }: Handling) {
  const client = useTRPCClient();
  return (
    <HandOverDialog
      title="Ask a supervisor"
      description="The supervisors of your team are told. The request stays with you."
      verb="Ask"
      noteLabel="What you need"
      ready
      act={async (note) => {
        await client.callbacks.raise.mutate({ callbackId, generation, note });
        toast.success("The supervisors were told");
      }}
      {...rest}
    />
  );
}

const channelNames = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp" } as const;

/** From a template: consent, suppression and quiet hours decide, as for every message. */
function Message({ callbackId, generation, ...rest }: Handling) {
  const client = useTRPCClient();
  const { data } = useQuery(useTRPC().callbacks.messageTemplates.queryOptions());
  const [templateId, setTemplate] = useState<string>();
  return (
    <HandOverDialog
      title="Message the customer"
      description="Consent and quiet hours decide, as for every message. What became of it stands in the activity."
      verb="Send"
      ready={templateId !== undefined}
      act={async () => {
        const { channel } = await client.callbacks.message.mutate({
          callbackId,
          generation,
          templateId: templateId ?? "",
        });
        toast.success(`On its way by ${channelNames[channel]}`);
      }}
      {...rest}
    >
      {data?.length === 0 ? (
        <Notice>No service template is approved yet. Approvers do that under Templates.</Notice>
      ) : (
        <Field label="Template">
          <Select
            value={templateId}
            onValueChange={setTemplate}
            placeholder="Choose a template"
            options={(data ?? []).map(({ id, name, channels }) => ({
              value: id,
              label: name,
              description: channels.map((channel) => channelNames[channel]).join(", "),
            }))}
          />
        </Field>
      )}
    </HandOverDialog>
  );
}
