import { ScoreChange } from "@/components/engagement/score-change";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table/types";
import { Time } from "@/components/ui/time";
import { type AttributeDefinition, formatAttributeValue } from "@/server/attributes/schemas";
import type { CustomerLine } from "@/server/customers/list";
import { languageLabel } from "@/server/customers/schemas";
import { formatCount, formatDate, nothing } from "@/server/platform/format";
import { StopBadge, TierBadge } from "./customer-badges";

const orNothing = (text: string | null) =>
  text ? <span title={text}>{text}</span> : <span className="text-faint">{nothing}</span>;

/** The columns of the customer list: ours, and one for each attribute, which people switch on. */
export const customerColumns = (
  definitions: readonly AttributeDefinition[],
  zone: string,
): Column<CustomerLine>[] => [
  ...ownColumns,
  {
    id: "updated",
    header: "Changed",
    width: 120,
    sortable: true,
    shown: "chosen",
    cell: (line) => <Time value={line.updatedAt} zone={zone} />,
  },
  {
    id: "recent",
    header: "Added",
    width: 120,
    sortable: true,
    shown: "chosen",
    cell: (line) => <Time value={line.createdAt} zone={zone} />,
  },
  ...definitions
    .filter(({ archived }) => !archived)
    .map(
      (definition): Column<CustomerLine> => ({
        id: `attribute:${definition.key}`,
        header: definition.label,
        width: 140,
        shown: "chosen",
        align: definition.type === "number" ? "end" : "start",
        cell: (line) => formatAttributeValue(definition, line.attributes[definition.key]),
      }),
    ),
];

const ownColumns: Column<CustomerLine>[] = [
  {
    id: "name",
    header: "Name",
    width: 176,
    sortable: true,
    cell: (line) => (
      <span className="flex items-center gap-2">
        <span className="truncate">
          {orNothing(line.name || line.email || line.phone || line.externalId)}
        </span>
        {line.erasing && <Badge tone="attention">To be erased</Badge>}
      </span>
    ),
  },
  { id: "tier", header: "Tier", width: 92, sortable: true, cell: (line) => <TierBadge tier={line.tier} /> },
  { id: "email", header: "E-mail", width: 200, shown: "wide", cell: (line) => orNothing(line.email) },
  { id: "phone", header: "Phone", width: 136, cell: (line) => orNothing(line.phone) },
  {
    id: "tags",
    header: "Tags",
    width: 140,
    shown: "wide",
    cell: (line) => <TagLine tags={line.tags} />,
  },
  {
    id: "city",
    header: "City",
    width: 112,
    shown: "wide",
    sortable: true,
    cell: (line) => orNothing(line.city),
  },
  {
    id: "language",
    header: "Language",
    width: 96,
    shown: "chosen",
    cell: (line) => languageLabel(line.language),
  },
  {
    id: "policies",
    header: "Policies",
    width: 84,
    align: "end",
    shown: "wide",
    cell: (line) => formatCount(line.policies),
  },
  {
    id: "renewal",
    header: "Next renewal",
    width: 120,
    shown: "wide",
    cell: (line) => orNothing(line.nextRenewal && formatDate(line.nextRenewal, "UTC")),
  },
  {
    id: "score",
    header: "Score",
    width: 96,
    align: "end",
    sortable: true,
    shown: "wide",
    cell: (line) => (
      <span className="inline-flex items-center justify-end gap-1.5">
        <ScoreChange change={line.engagementChange} />
        <span title="Engagement, 0 to 100">{formatCount(line.engagementScore)}</span>
      </span>
    ),
  },
  {
    id: "advisor",
    header: "Advisor",
    width: 140,
    shown: "chosen",
    cell: (line) => orNothing(line.advisorName),
  },
  {
    id: "stop",
    header: "Promotion",
    width: 148,
    shown: "chosen",
    cell: (line) =>
      line.stopState ? <StopBadge state={line.stopState} /> : <span className="text-faint">Not stopped</span>,
  },
  {
    id: "externalId",
    header: "External id",
    width: 120,
    shown: "chosen",
    cell: (line) => orNothing(line.externalId),
  },
];

const SHOWN_TAGS = 1;

function TagLine({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <span className="text-faint">{nothing}</span>;
  return (
    <span title={tags.join(", ")} className="flex gap-1">
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {tags.length > SHOWN_TAGS && <span className="text-faint">+{tags.length - SHOWN_TAGS}</span>}
    </span>
  );
}
