import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";

type SettingsHeaderProps = { title: string; description?: ReactNode; actions?: ReactNode; tabs?: ReactNode };

/** The top of every screen under Settings. The side navigation lists the others; a phone goes back to their list. */
export function SettingsHeader(header: SettingsHeaderProps) {
  return <PageHeader {...header} back={{ href: "/settings", label: "Settings", on: "phone" }} />;
}
