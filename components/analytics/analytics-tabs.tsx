import { LinkTabs } from "@/components/ui/link-tabs";

/** The screens of the workspace's analytics. */
export const AnalyticsTabs = () => (
  <LinkTabs
    label="Parts of the analytics"
    tabs={[
      { label: "Campaigns", href: "/analytics" },
      { label: "Renewals", href: "/analytics/renewals" },
    ]}
  />
);
