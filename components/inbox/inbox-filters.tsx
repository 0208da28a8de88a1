"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { useUrl } from "@/components/ui/use-url";
import type { Channel } from "@/server/channels/status";
import type { InboxCounts } from "@/server/inbox/counts";
import { countedUpTo } from "@/server/inbox/schemas";

type InboxFiltersProps = { counts: InboxCounts; channel: Channel; showSystem: boolean };

/** The way to another channel's messages: another list, so nothing stays open and no filter is kept. */
const openChannel = (channel: Channel) =>
  window.history.pushState(null, "", channel === "email" ? "/inbox" : `/inbox?channel=${channel}`);

const order: readonly Channel[] = ["email", "whatsapp", "sms"];

const any = "any";
const words = { email: "Mail", whatsapp: "WhatsApp", sms: "SMS" } as const;
const capped = (count: number) => (count >= countedUpTo ? `${countedUpTo - 1}+` : String(count));

/** Narrows the list; the address bar is the state. */
export function InboxFilters({ counts, channel, showSystem }: InboxFiltersProps) {
  const url = useUrl();
  const { campaigns, unreadBy } = counts;
  const mail = channel === "email";
  const shows = [
    { value: any, label: "Everything" },
    { value: "unread", label: "Unread" },
    { value: "campaign", label: "Campaigns" },
    { value: "test", label: "Tests" },
    ...(showSystem && mail ? [{ value: "system", label: "System mail" }] : []),
  ];
  const show = url.params.get("unread") ? "unread" : (url.params.get("kind") ?? any);
  return (
    <div className="flex flex-col gap-2">
      <SegmentedControl
        label="Channel"
        className="w-full *:flex-1"
        value={channel}
        options={order.map((value) => ({
          value,
          label: unreadBy[value] > 0 ? `${words[value]} ${capped(unreadBy[value])}` : words[value],
        }))}
        onValueChange={openChannel}
      />
      <SearchInput label={mail ? "Name, address or subject" : "Name or number"} className="sm:w-full" />
      <div className="flex gap-2 *:flex-1">
        <Select
          label="Show"
          options={shows}
          value={show}
          onValueChange={(value) =>
            url.set({
              unread: value === "unread" ? "1" : null,
              kind: value === any || value === "unread" ? null : value,
            })
          }
        />
        {campaigns.length > 0 && (
          <Select
            label="Campaign"
            options={[
              { value: any, label: "Every campaign" },
              ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={url.params.get("campaign") ?? any}
            onValueChange={(value) => url.set({ campaign: value === any ? null : value })}
          />
        )}
      </div>
      {url.params.has("customer") && (
        <Button size="sm" className="self-start" onClick={() => url.set({ customer: null })}>
          One customer only
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}
