"use client";

import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { useUrl } from "@/components/ui/use-url";
import type { InboxCounts } from "@/server/inbox/counts";

type InboxFiltersProps = { campaigns: InboxCounts["campaigns"]; showSystem: boolean };

const any = "any";

/** Narrows the list; the address bar is the state. */
export function InboxFilters({ campaigns, showSystem }: InboxFiltersProps) {
  const url = useUrl();
  const shows = [
    { value: any, label: "Everything" },
    { value: "unread", label: "Unread" },
    { value: "campaign", label: "Campaigns" },
    { value: "test", label: "Tests" },
    ...(showSystem ? [{ value: "system", label: "System mail" }] : []),
  ];
  const show = url.params.get("unread") ? "unread" : (url.params.get("kind") ?? any);
  return (
    <div className="flex flex-col gap-2">
      <SearchInput label="Name, address or subject" className="sm:w-full" />
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
    </div>
  );
}
