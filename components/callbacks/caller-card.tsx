"use client";

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { CallbackDetail } from "@/server/callbacks/get";
import { languageLabels, stopStateLabels, tierLabels } from "@/server/customers/schemas";
import { formatDate, formatMoney } from "@/server/platform/format";
import { PossibleCustomers } from "./possible-customers";
import { type Naming, useNaming } from "./use-naming";

type CallerCardProps = { callback: CallbackDetail; zone: string; opensCustomers: boolean; lead: boolean };

/** Who wants the call, and their policies; whoever holds or leads an open request says who it is. */
export function CallerCard({ lead, ...shown }: CallerCardProps) {
  const { card, naming } = useNaming(shown.callback);
  const may = (shown.callback.hold || lead) && shown.callback.closedAt === null;
  return (
    <div ref={card} tabIndex={-1} className="rounded-md">
      <Caller {...shown} naming={may ? naming : null} />
    </div>
  );
}

type CallerProps = Omit<CallerCardProps, "lead"> & { naming: Naming | null };

function Caller({ callback, zone, opensCustomers, naming }: CallerProps) {
  const { caller } = callback;
  if (!callback.open)
    return (
      <Card title="Customer">
        <p className="text-muted text-sm">
          Take the request to see the number, the customer and their policies.
        </p>
      </Card>
    );
  if (!caller)
    return (
      <Card title="Customer">
        <PossibleCustomers callback={callback} opensCustomers={opensCustomers} naming={naming} />
      </Card>
    );
  return (
    <Card
      title="Customer"
      actions={
        <>
          {naming && (
            <Button size="sm" variant="ghost" disabled={naming.pending} onClick={() => naming.name(null)}>
              Not them
            </Button>
          )}
          {opensCustomers && (
            <Link className="text-accent-ink text-sm hover:underline" href={`/customers/${caller.id}`}>
              Open
            </Link>
          )}
        </>
      }
    >
      <DescriptionList
        items={[
          { term: "Name", value: caller.name },
          { term: "Tier", value: tierLabels[callback.tier] },
          { term: "Language", value: languageLabels[caller.language] ?? caller.language },
          { term: "City", value: caller.city },
          { term: "E-mail", value: caller.email },
          ...(caller.stopState
            ? [
                {
                  term: "Promotion",
                  value: (
                    <Badge tone="attention">
                      {stopStateLabels[caller.stopState as keyof typeof stopStateLabels] ?? caller.stopState}
                    </Badge>
                  ),
                },
              ]
            : []),
        ]}
      />
      {caller.policies.length > 0 && (
        <ul aria-label="Policies" className="mt-3 flex flex-col divide-y divide-line border-line border-t">
          {caller.policies.slice(0, 4).map((policy) => (
            <li key={policy.id} className="flex justify-between gap-3 py-2 text-sm last:pb-0">
              <span className="min-w-0">
                <span className="block truncate">{policy.productName || policy.policyNumber}</span>
                <span className="block text-muted text-xs">
                  {policy.policyNumber} · {policy.status.replaceAll("_", " ")}
                </span>
              </span>
              <span className="shrink-0 text-right tabular-nums">
                {formatMoney(policy.premium, policy.currency, 0)}
                <span className="block text-muted text-xs">
                  {policy.renewalDate ? `due ${formatDate(`${policy.renewalDate}T12:00:00Z`, "UTC")}` : "–"}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {caller.notes.length > 0 && (
        <ul aria-label="Notes" className="mt-3 flex flex-col gap-2 border-line border-t pt-3 text-sm">
          {caller.notes.map((note) => (
            <li key={note.id}>
              <span className="whitespace-pre-line break-words">{note.text}</span>{" "}
              <span className="text-muted text-xs">
                <Time value={note.at} zone={zone} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What went to and fro before: the message that made the customer ask stands among it. */
export function MessagesCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  const messages = callback.caller?.messages ?? [];
  if (messages.length === 0) return null;
  return (
    <Card title="Messages before">
      <ul className="flex flex-col gap-2">
        {messages.map((message) => (
          <li
            key={message.id}
            className={cn(
              "max-w-[92%] rounded-md px-3 py-2 text-sm",
              message.by === "us" ? "self-start bg-subtle" : "self-end bg-accent-soft",
            )}
          >
            <p className="flex justify-between gap-3 text-muted text-xs">
              <span className="truncate">{message.by === "us" ? message.about : "The customer"}</span>
              <Time value={message.at} zone={zone} />
            </p>
            {message.text && <p className="line-clamp-4 whitespace-pre-line break-words">{message.text}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
