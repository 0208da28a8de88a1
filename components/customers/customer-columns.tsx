import type { Column } from "@/components/ui/data-table/types";
import type { CustomerLine } from "@/server/customers/list";
import { languageLabel } from "@/server/customers/schemas";
import { formatCount, formatDate, nothing } from "@/server/platform/format";
import { StopBadge, TierBadge } from "./customer-badges";

const orNothing = (text: string | null) =>
  text ? <span title={text}>{text}</span> : <span className="text-faint">{nothing}</span>;

/** The columns of the customer list. */
export const customerColumns: Column<CustomerLine>[] = [
  {
    id: "name",
    header: "Name",
    width: 200,
    sortable: true,
    cell: (line) => orNothing(line.name || line.email || line.phone || line.externalId),
  },
  { id: "tier", header: "Tier", width: 92, cell: (line) => <TierBadge tier={line.tier} /> },
  { id: "email", header: "E-mail", width: 230, shown: "wide", cell: (line) => orNothing(line.email) },
  { id: "phone", header: "Phone", width: 136, cell: (line) => orNothing(line.phone) },
  { id: "city", header: "City", width: 128, shown: "wide", cell: (line) => orNothing(line.city) },
  {
    id: "language",
    header: "Language",
    width: 96,
    shown: "wide",
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
    width: 76,
    align: "end",
    sortable: true,
    shown: "wide",
    cell: (line) => <span title="Engagement, 0 to 100">{formatCount(line.engagementScore)}</span>,
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
