"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { Section } from "@/components/ui/card";
import { channelLabels, channels } from "@/server/channels/status";
import type { SendingRulesDetail } from "@/server/sending-rules/get-rules";
import { useTRPC } from "@/server/trpc/react";
import { CapsForm } from "./caps-form";
import { HoursSection } from "./hours-section";
import { StopSwitch } from "./stop-switch";
import { TryRules } from "./try-rules";
import { capWords, paymentsWords, serviceWords } from "./words";

type RulesScreenProps = { initial: SendingRulesDetail; mayEdit: boolean; mayStop: boolean };

/** What holds back or forbids a message, whichever campaign wants it. */
export function RulesScreen({ initial, mayEdit, mayStop }: RulesScreenProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.sendingRules.get.queryOptions(undefined, { initialData: initial }));
  useLive(["sending_rules"], trpc.sendingRules.get.queryFilter());
  const { rules, hours, country, zone, today, stoppedAt } = data;
  return (
    <div className="flex flex-col gap-6">
      <StopSwitch stoppedAt={stoppedAt} zone={zone} mayStop={mayStop} />
      <Section
        title="How often"
        description="Counted for each customer over all campaigns. What would be too much is left out, and says so."
      >
        {mayEdit ? (
          <CapsForm key={JSON.stringify(rules)} rules={rules} />
        ) : (
          <ul className="flex list-disc flex-col gap-1.5 pl-4">
            {channels.map((channel) => (
              <li key={channel}>{capWords(rules.caps[channel], channelLabels[channel])}.</li>
            ))}
            <li>{serviceWords(rules)}.</li>
            <li>{paymentsWords(rules)}.</li>
          </ul>
        )}
      </Section>
      <HoursSection hours={hours} home={country} today={today} mayEdit={mayEdit} />
      <Section
        title="Who gets no promotion"
        description="These always hold; no campaign and no setting passes them."
      >
        <ul className="flex list-disc flex-col gap-1.5 pl-4">
          <li>Customers who never agreed to promotion on the channel, or who took it back.</li>
          <li>Customers who are deceased, or whose family has claimed on a policy.</li>
          <li>
            Customers with an open complaint, a policy that is being surrendered, or one in its free-look
            days.
          </li>
          <li>Addresses on the suppression list: bounced, complained, opted out.</li>
        </ul>
        <p className="text-muted text-sm">
          Service messages about a customer's own policy still go, except to addresses that are dead or
          blocked altogether.
        </p>
      </Section>
      <Section
        title="Try it"
        description="Asks the sender's own rules about one customer, channel and time. Nothing is sent."
      >
        <TryRules zone={zone} />
      </Section>
    </div>
  );
}
