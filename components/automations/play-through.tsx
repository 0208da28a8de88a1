"use client";

import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { CustomerPicker, type PickedCustomer } from "@/components/customers/customer-picker";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { type Automated, isDateTrigger } from "@/server/automations/schemas";
import type { DraftFields } from "@/server/campaigns/schemas";
import { useTRPC } from "@/server/trpc/react";
import { type Assumption, HappeningList, minutesOf } from "./happening-list";
import { PlayTimeline } from "./play-timeline";
import { triggerWords } from "./trigger-words";
import { useChoices } from "./use-choices";

type PlayThroughProps = { fields: DraftFields; campaignId: string; schedule: Automated; zone: string };

/** One customer played through by the rules of the real run, from a chosen moment on, with what they are assumed to do. */
export function PlayThrough({ fields, campaignId, schedule, zone }: PlayThroughProps) {
  const trpc = useTRPC();
  const play = useMutation(trpc.automations.play.mutationOptions());
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const [start, setStart] = useState("");
  const [chosen, setTrigger] = useState(0);
  const { segmentName } = useChoices();
  const { triggers } = schedule;
  // One may have been taken out since.
  const trigger = chosen < triggers.length ? chosen : 0;
  const begins = triggers[trigger];
  const [assumed, setAssumed] = useState<Assumption[]>([]);
  const begin = (customerId: string, occurrence?: string) => {
    const { name, category, channels, languages, bodies, fallbacks, audience, holdOut } = fields;
    const { utm, tracking, senderName } = fields;
    play.mutate({
      ...{ name: name || "preview", category, channels, languages, bodies, fallbacks, audience, holdOut },
      ...{ utm, tracking, senderName, campaignId, customerId, schedule, trigger },
      ...(start !== "" && { start }),
      ...(occurrence !== undefined && { occurrence }),
      assumed: assumed.map((each) => ({
        what: each.what,
        ...(each.what === "event" && { name: each.name }),
        afterMinutes: minutesOf(each),
      })),
    });
  };
  return (
    <section aria-label="One customer played through" className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">Play one customer through</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Customer">
          <CustomerPicker value={customer} onChange={setCustomer} />
        </Field>
        {triggers.length > 1 && (
          <Field label="Enters by">
            <Select
              value={String(trigger)}
              onValueChange={(value) => setTrigger(Number(value))}
              options={triggers.map((each, place) => ({
                value: String(place),
                label: triggerWords(each, segmentName),
              }))}
            />
          </Field>
        )}
        <Field
          label="Enters at"
          optional
          help={begins && isDateTrigger(begins) ? "Empty: on the next such day." : "Empty: now."}
        >
          <Input type="datetime-local" value={start} onChange={(event) => setStart(event.target.value)} />
        </Field>
      </div>
      <HappeningList assumed={assumed} onChange={setAssumed} />
      <Button
        icon={<Play aria-hidden />}
        className="self-start"
        loading={play.isPending}
        disabled={customer === null}
        onClick={() => customer && begin(customer.id)}
      >
        Play it through
      </Button>
      <div aria-live="polite">
        {play.error && (
          <Notice tone="danger" title="It could not be played">
            {play.error.message}
          </Notice>
        )}
        {play.data && !play.error && (
          <PlayTimeline
            played={play.data}
            schedule={(play.variables?.schedule as Automated | undefined) ?? schedule}
            zone={zone}
            onChoose={(occurrence) => begin(play.data.customer.id, occurrence)}
          />
        )}
      </div>
    </section>
  );
}
