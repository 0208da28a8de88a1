"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Clock, Minus, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { ExplainedMessage } from "@/server/deliveries/explain";
import type { ExplainedRule } from "@/server/deliveries/explain-rules";
import { executionStateLabels, executionStates } from "@/server/deliveries/status";
import { useTRPC } from "@/server/trpc/react";

type WhyPanelProps = { campaignId: string; customerId: string; zone: string };

/** Why one customer got it, or did not: the sender's rules with ticks and one cross, and what happened since. */
export function WhyPanel({ campaignId, customerId, zone }: WhyPanelProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.deliveries.explain.queryOptions({ campaignId, customerId }));
  const state = data?.messages[0]?.state;
  return (
    <SidePanel
      title="Why?"
      status={state && <StatusBadge {...executionStateLabels[state]} />}
      actions={
        <Button size="sm" asChild>
          <Link href={`/customers/${customerId}`}>Open the customer</Link>
        </Button>
      }
    >
      {error && (
        <Notice tone="danger" title="It could not be explained">
          {error.message}
        </Notice>
      )}
      {!data && !error && <Skeleton className="h-64" />}
      {data?.absence && (
        <div className="flex flex-col gap-6">
          <p>{data.absence.sentence}</p>
          {data.absence.rules.length > 0 && (
            <Rules title="What the rules would say now" rules={data.absence.rules} zone={zone} />
          )}
        </div>
      )}
      {data?.messages.map((message) => (
        <Explained key={message.publicId} message={message} zone={zone} />
      ))}
    </SidePanel>
  );
}

function Explained({
  message: { decided, rules, timeline, step, channel },
  zone,
}: {
  message: ExplainedMessage;
  zone: string;
}) {
  return (
    <div className="flex flex-col gap-6">
      {step > 0 && (
        <p className="text-muted text-sm">
          By {channel === "sms" ? "SMS" : channel}, because no receipt came for the message before it.
        </p>
      )}
      <Rules
        title={decided === "now" ? "As it stands now" : "When it was decided"}
        rules={rules}
        zone={zone}
      />
      <section>
        <h3 className="mb-3 font-medium">What happened</h3>
        {timeline.length === 0 && (
          <p className="text-muted text-sm">Nothing yet: it is waiting to be sent.</p>
        )}
        <ol className="flex flex-col gap-3 text-sm">
          {timeline.map(({ at, what, reason, detail, until }) => (
            <li key={`${at.toISOString()} ${what}`} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">
                <span className="block">{happened(what)}</span>
                {(reason ?? detail) && (
                  <span className="block break-words text-muted">
                    {[reason, detail].filter(Boolean).join(": ")}
                  </span>
                )}
                {until && (
                  <span className="block text-muted">
                    until <Time value={until.toISOString()} zone={zone} />
                  </span>
                )}
              </span>
              <span className="shrink-0 text-faint text-xs">
                <Time value={at.toISOString()} zone={zone} />
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Rules({ title, rules, zone }: { title: string; rules: ExplainedRule[]; zone: string }) {
  return (
    <section>
      <h3 className="mb-3 font-medium">{title}</h3>
      <ul className="flex flex-col gap-3 text-sm">
        {rules.map((rule) => (
          <RuleLine key={rule.name} rule={rule} zone={zone} />
        ))}
      </ul>
    </section>
  );
}

const marks = {
  yes: { icon: Check, look: "text-good", word: "Yes" },
  no: { icon: X, look: "text-danger", word: "No" },
  hold: { icon: Clock, look: "text-attention", word: "Not now" },
  not_asked: { icon: Minus, look: "text-faint", word: "Not asked" },
} as const;

function RuleLine({ rule: { question, answer, saw, until }, zone }: { rule: ExplainedRule; zone: string }) {
  const { icon: Icon, look, word } = marks[answer];
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-label={word} className={cn("mt-0.5 size-4 shrink-0", look)} />
      <span className={cn("min-w-0", answer === "not_asked" && "text-faint")}>
        <span className={cn("block", (answer === "no" || answer === "hold") && "font-medium")}>
          {question}
        </span>
        {saw && <span className="block break-words text-muted">{saw}</span>}
        {until && (
          <span className="block text-muted">
            Held until <Time value={until.toISOString()} zone={zone} />
          </span>
        )}
      </span>
    </li>
  );
}

const events: Record<string, string> = {
  opened: "Opened",
  clicked: "Clicked a link",
  replied: "Replied",
  complained: "Marked as spam",
  unsubscribed: "Unsubscribed",
};

/** The word of a state or of an event. */
function happened(what: string): string {
  const state = executionStates.find((each) => each === what);
  return state ? executionStateLabels[state].label : (events[what] ?? what);
}
