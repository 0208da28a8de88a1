"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { navigation } from "./navigation";
import { SideList, type SideNavigationProps } from "./side-list";

// Loaded where it is shown: every other screen would carry its words and icons along.
const SettingsSide = dynamic(() => import("./settings-side").then((part) => part.SettingsSide));

/** The screens of this person, in groups, with the open one marked. Under Settings, the screens of Settings and the way out. */
export function SideNavigation(props: SideNavigationProps) {
  const path = usePathname();
  if (path === "/settings" || path.startsWith("/settings/")) return <SettingsSide {...props} />;
  return <SideList label="Main" items={navigation} {...props} />;
}
