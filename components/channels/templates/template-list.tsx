"use client";

import { useQuery } from "@tanstack/react-query";
import { LayoutTemplate, Plus } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import type { Filter } from "@/components/ui/filter-bar";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { TemplatePageInput } from "@/server/channels/schemas";
import type { TemplatePage } from "@/server/channels/whatsapp-templates/list-page";
import type { WhatsAppTemplateLine } from "@/server/channels/whatsapp-templates/list-templates";
import { useTRPC } from "@/server/trpc/react";
import { ChannelList } from "../channel-list";
import { TemplatePanel } from "./template-panel";
import { approvalLooks, languageLabel, templateCategoryLabels } from "./template-words";

const filters: Filter[] = [
  {
    name: "approval",
    label: "State",
    options: Object.entries(approvalLooks).map(([value, { label }]) => ({ value, label })),
  },
  {
    name: "category",
    label: "Category",
    options: Object.entries(templateCategoryLabels).map(([value, label]) => ({ value, label })),
  },
];

type TemplateListProps = { input: TemplatePageInput; initial: TemplatePage; zone: string };

/** The WhatsApp templates with what Meta said of them; each opens as its reader sees it. */
export function TemplateList({ input, initial, zone }: TemplateListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.channels.templatesPage.queryOptions(input, { initialData: initial }));
  useLive(["channels"], trpc.channels.templatesPage.queryFilter());
  return (
    <ChannelList
      id="whatsapp-templates"
      label="WhatsApp templates"
      columns={columnsFor(zone)}
      page={query.data}
      stale={query.isPlaceholderData}
      icon={LayoutTemplate}
      words={["template", "templates"]}
      filters={filters}
      searchLabel="Name or words"
      panelOf={(template) => <TemplatePanel key={template.id} template={template} />}
      none={
        <EmptyState
          icon={LayoutTemplate}
          title="No templates yet"
          action={
            <Button asChild variant="primary">
              <Link href="/settings/channels/templates/new">
                <Plus aria-hidden />
                Write a template
              </Link>
            </Button>
          }
        >
          Unless a customer wrote in the last 24 hours, WhatsApp delivers only templates that Meta has
          approved. Write one, or take over those that you have there.
        </EmptyState>
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<WhatsAppTemplateLine>[] => [
  {
    id: "name",
    header: "Template",
    width: 220,
    cell: ({ name }) => <span className="font-mono text-xs">{name}</span>,
  },
  {
    id: "body",
    header: "Words",
    width: 300,
    shown: "wide",
    cell: ({ parts }) => <span title={parts.body}>{parts.body}</span>,
  },
  {
    id: "language",
    header: "Language",
    width: 96,
    cell: ({ language }) => <span title={language}>{languageLabel(language)}</span>,
  },
  {
    id: "category",
    header: "Category",
    width: 112,
    shown: "wide",
    cell: ({ category }) => templateCategoryLabels[category],
  },
  {
    id: "approval",
    header: "State",
    width: 124,
    cell: ({ approval }) => <StatusBadge {...approvalLooks[approval]} />,
  },
  { id: "account", header: "Account", width: 140, shown: "wide", cell: ({ accountName }) => accountName },
  {
    id: "updated",
    header: "Changed",
    width: 112,
    align: "end",
    shown: "wide",
    cell: ({ updatedAt }) => <Time value={updatedAt} zone={zone} />,
  },
];
