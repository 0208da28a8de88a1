import { LinkTabs } from "@/components/ui/link-tabs";
import { SettingsHeader } from "@/components/workspaces/settings-header";

const tabs = [
  { href: "/settings/components", label: "Parts" },
  { href: "/settings/components/patterns", label: "Patterns" },
] as const;

export function ComponentsHeader() {
  return (
    <SettingsHeader
      title="Components"
      description="What screens are made of, with made-up figures. Nothing here changes anything."
      tabs={<LinkTabs label="Components" tabs={tabs} />}
    />
  );
}
