"use client";

import { ArrowLeft } from "lucide-react";
import { settingsNavigation } from "./settings-navigation";
import { SideLink, SideList, type SideNavigationProps } from "./side-list";

/** The side navigation under Settings, and the way back to work. */
export function SettingsSide(props: SideNavigationProps) {
  return (
    <SideList label="Settings" items={settingsNavigation} dense {...props}>
      <SideLink
        href="/"
        label="Back to work"
        icon={ArrowLeft}
        collapsed={props.collapsed ?? false}
        onNavigate={props.onNavigate}
      />
    </SideList>
  );
}
