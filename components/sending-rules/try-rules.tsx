"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { type Channel, channelLabels, channels } from "@/server/channels/status";
import { useTRPC } from "@/server/trpc/react";
import { CustomerPicker, type PickedCustomer } from "./customer-picker";
import { TriedAnswer } from "./tried-answer";

type Purpose = "promotional" | "service";

const purposes = [
  { value: "promotional", label: "Promotional" },
  { value: "service", label: "Service" },
] as const;

/** One customer, a channel and a time: would a message go, and why. */
export function TryRules({ zone }: { zone: string }) {
  const trpc = useTRPC();
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const [channel, setChannel] = useState<Channel>("whatsapp");
  const [purpose, setPurpose] = useState<Purpose>("promotional");
  /** Local time of the workspace, as the control writes it; empty: now. */
  const [at, setAt] = useState("");
  const query = useQuery(
    trpc.deliveries.tryRules.queryOptions(
      { customerId: customer?.id ?? "", channel, purpose, localTime: at === "" ? null : at },
      { enabled: customer !== null, placeholderData: (before) => before },
    ),
  );
  return (
    <div className="flex flex-col gap-4">
      <CustomerPicker value={customer} onChange={setCustomer} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Channel">
          <Select
            options={channels.map((value) => ({ value, label: channelLabels[value] }))}
            value={channel}
            onValueChange={setChannel}
          />
        </Field>
        <Field label="Purpose">
          <Select options={purposes} value={purpose} onValueChange={setPurpose} />
        </Field>
        <Field label="Time" optional help={at === "" ? "Empty: now." : `In ${zone.replaceAll("_", " ")}.`}>
          <Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </Field>
      </div>
      <div aria-live="polite">
        {customer && query.isPending && <Spinner className="text-faint" />}
        {customer && query.error && <Notice tone="danger">{query.error.message}</Notice>}
        {customer && query.data && (
          <TriedAnswer tried={query.data} name={customer.name} zone={zone} stale={query.isPlaceholderData} />
        )}
      </div>
    </div>
  );
}
