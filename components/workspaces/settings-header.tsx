import type { ReactNode } from "react";
import { navigationFor, settingsNavigation } from "@/components/shell/navigation";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { Role } from "@/server/platform/context";

type SettingsHeaderProps = { title: string; role: Role; description?: ReactNode; actions?: ReactNode };

/** The top of every screen under Settings, with the tabs that this role may open. */
export function SettingsHeader({ role, ...header }: SettingsHeaderProps) {
  return (
    <PageHeader
      {...header}
      tabs={<LinkTabs label="Settings" tabs={navigationFor(settingsNavigation, [role])} />}
    />
  );
}
