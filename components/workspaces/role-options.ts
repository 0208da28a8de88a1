import type { Option } from "@/components/ui/select";
import type { Role } from "@/server/platform/context";
import { roleKeys, roles } from "@/server/workspaces/roles";

/** The roles to choose from, each with what it is for. */
export const roleOptions: readonly Option<Role>[] = roleKeys.map((key) => ({
  value: key,
  label: roles[key].label,
  description: roles[key].summary,
}));
