import Link from "next/link";
import { Time } from "@/components/ui/time";
import type { CustomerMessage } from "@/server/customers/messages";
import { executionStateLabels, reasonLabels } from "@/server/deliveries/status";
import { FactRows } from "./fact-rows";
import { type Look, sentence } from "./words";

const lookOf = (state: string): Look =>
  (executionStateLabels as Record<string, Look | undefined>)[state] ?? {
    label: sentence(state),
    tone: "neutral",
  };

function story(message: CustomerMessage): string {
  if (message.reason)
    return (reasonLabels as Record<string, string | undefined>)[message.reason] ?? sentence(message.reason);
  if (message.clicked) return "Opened and clicked";
  return message.opened ? "Opened" : "";
}

/** The campaigns that reached the customer, or did not, and why. */
export function MessageRows({ messages, zone }: { messages: CustomerMessage[]; zone: string }) {
  return (
    <FactRows
      empty="No campaign has been aimed at this customer yet."
      rows={messages.map((message, at) => ({
        id: `${message.campaignId} ${at}`,
        title: (
          <Link href={`/campaigns/${message.campaignId}`} className="hover:text-accent-ink hover:underline">
            {message.campaignName}
          </Link>
        ),
        detail: (
          <>
            {story(message)}
            {story(message) && message.at && " · "}
            {message.at && <Time value={message.at} zone={zone} />}
          </>
        ),
        status: lookOf(message.state),
      }))}
    />
  );
}
