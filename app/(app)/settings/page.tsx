import { redirect } from "next/navigation";
import { settingsNavigation } from "@/components/shell/navigation";

export default function SettingsPage() {
  redirect(settingsNavigation[0]?.href ?? "/");
}
