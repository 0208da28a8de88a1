import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";

const tabs = [
  { href: "/customers/consent", label: "Ledger" },
  { href: "/customers/consent/suppressions", label: "Suppressions" },
  { href: "/customers/consent/files", label: "Files" },
];

/** The top of the screens about consent. */
export function ConsentHeader({ description, actions }: { description: ReactNode; actions?: ReactNode }) {
  return (
    <PageHeader
      title="Consent"
      description={description}
      actions={actions}
      tabs={<LinkTabs label="Consent" tabs={tabs} />}
    />
  );
}
