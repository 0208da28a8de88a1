"use client";

import { useQuery } from "@tanstack/react-query";
import { LibraryBig } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { SearchInput } from "@/components/ui/search-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { ShowAll } from "@/components/ui/show-all";
import { useUrl } from "@/components/ui/use-url";
import { campaignCategories, campaignGoals, categories, goalLabels } from "@/server/campaigns/status";
import { channelLabels, channels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import type { TemplatePage } from "@/server/template-library/list";
import type { ListTemplatesInput } from "@/server/template-library/schemas";
import { languageLabels } from "@/server/template-library/status";
import { useTRPC } from "@/server/trpc/react";
import { TemplateCard } from "./template-card";

const filters: Filter[] = [
  {
    name: "category",
    label: "Category",
    options: campaignCategories.map((value) => ({ value, label: categories[value].label })),
  },
  {
    name: "channel",
    label: "Channel",
    options: channels.map((value) => ({ value, label: channelLabels[value] })),
  },
  {
    name: "language",
    label: "Language",
    options: Object.entries(languageLabels).map(([value, label]) => ({ value, label })),
  },
  {
    name: "goal",
    label: "Goal",
    options: campaignGoals.map((value) => ({ value, label: goalLabels[value].label })),
  },
];

type TemplateGalleryProps = {
  input: ListTemplatesInput;
  /** The page as the server read it; kept fresh from then on. */
  initial: TemplatePage;
  mayUse: boolean;
  /** Whether templates out of use can be looked at, too. */
  seesArchived: boolean;
};

/** The gallery: filters and search in the address, cards that show what each template says and what came of it. */
export function TemplateGallery({ input, initial, mayUse, seesArchived }: TemplateGalleryProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const query = useQuery(trpc.templates.list.queryOptions(input, { initialData: initial }));
  useLive(["templates"], trpc.templates.list.queryFilter());
  const { rows, previous, next, total } = query.data;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <FilterBar filters={filters} search={<SearchInput label="Search templates" />} />
        {seesArchived && (
          <SegmentedControl
            label="Which templates"
            className="sm:ml-auto"
            value={input.archived ? "archived" : "used"}
            options={[
              { value: "used", label: "In use" },
              { value: "archived", label: "Archived" },
            ]}
            onValueChange={(which) => url.set({ archived: which === "archived" ? "yes" : null })}
          />
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState
          icon={LibraryBig}
          title={input.archived ? "Nothing is archived" : "No template matches"}
          action={<ShowAll noun="templates" />}
        >
          {input.archived
            ? "Templates that nobody should begin with any more are kept here."
            : "Try another word, or take a filter away."}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {rows.map((template) => (
            <li key={template.id} className="grid min-w-0">
              <TemplateCard template={template} mayUse={mayUse} />
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <Pagination previous={previous} next={next} words={{ previous: "Back", next: "More" }}>
          {formatCount(rows.length)} of {formatCount(total)} {total === 1 ? "template" : "templates"}
        </Pagination>
      )}
    </>
  );
}
