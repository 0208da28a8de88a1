import {
  Blocks,
  Building2,
  CalendarClock,
  CircleUserRound,
  Clock,
  Headset,
  KeyRound,
  ListChecks,
  type LucideIcon,
  MonitorSmartphone,
  Palette,
  RadioTower,
  ScrollText,
  SlidersHorizontal,
  Timer,
  UserRound,
  UsersRound,
  VenetianMask,
  Workflow,
} from "lucide-react";
import type { Role } from "./navigation";

export type SettingsItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** What is found there, for the page that lists all of them. */
  about: string;
  roles?: readonly Role[];
  group: "You" | "Workspace" | "Customers" | "Sending" | "Callbacks" | "System";
};

/** The screens under Settings, in the order in which they stand. A new one adds its line here. */
export const settingsNavigation: readonly SettingsItem[] = [
  {
    href: "/settings/profile",
    label: "Profile",
    icon: CircleUserRound,
    about: "Your name, password, and where tests reach you",
    group: "You",
  },
  {
    href: "/settings/sessions",
    label: "Sessions",
    icon: MonitorSmartphone,
    about: "Where you are signed in",
    group: "You",
  },
  {
    href: "/settings/workspace",
    label: "Workspace",
    icon: Building2,
    about: "Name, time zone, currency, approval",
    roles: ["admin"],
    group: "Workspace",
  },
  {
    href: "/settings/branding",
    label: "Branding",
    icon: Palette,
    about: "Logo, colours and the foot of every mail",
    roles: ["admin"],
    group: "Workspace",
  },
  {
    href: "/settings/team",
    label: "People",
    icon: UserRound,
    about: "Who works here, and in which role",
    roles: ["admin"],
    group: "Workspace",
  },
  {
    href: "/settings/teams",
    label: "Teams",
    icon: UsersRound,
    about: "Agents and their supervisors",
    roles: ["admin"],
    group: "Workspace",
  },
  {
    href: "/settings/attributes",
    label: "Attributes",
    icon: Blocks,
    about: "What you know about customers besides the usual fields",
    roles: ["admin", "marketer"],
    group: "Customers",
  },
  {
    href: "/settings/privacy",
    label: "Privacy",
    icon: VenetianMask,
    about: "Masked numbers, and how people are forgotten",
    roles: ["admin"],
    group: "Customers",
  },
  {
    href: "/settings/channels",
    label: "Channels",
    icon: RadioTower,
    about: "Accounts with providers, templates, registry, prices",
    roles: ["admin", "marketer"],
    group: "Sending",
  },
  {
    href: "/settings/sending-rules",
    label: "Sending rules",
    icon: Clock,
    about: "Caps, quiet hours, and the emergency stop",
    roles: ["admin", "marketer", "supervisor"],
    group: "Sending",
  },
  {
    href: "/settings/sla",
    label: "Service levels",
    icon: Timer,
    about: "How soon a callback is due, and who hears of a late one",
    roles: ["admin", "supervisor"],
    group: "Callbacks",
  },
  {
    href: "/settings/calendars",
    label: "Calendars",
    icon: CalendarClock,
    about: "Working hours and holidays that deadlines count by",
    roles: ["admin", "supervisor"],
    group: "Callbacks",
  },
  {
    href: "/settings/dispositions",
    label: "Dispositions",
    icon: ListChecks,
    about: "How agents say what came of a call",
    roles: ["admin", "supervisor"],
    group: "Callbacks",
  },
  {
    href: "/settings/agents",
    label: "Agents",
    icon: Headset,
    about: "Capacity, topics and languages of who takes calls",
    roles: ["admin", "supervisor"],
    group: "Callbacks",
  },
  {
    href: "/settings/api-keys",
    label: "API keys",
    icon: KeyRound,
    about: "What other systems sign in with, and what each opens",
    roles: ["admin"],
    group: "System",
  },
  {
    href: "/settings/audit",
    label: "Audit log",
    icon: ScrollText,
    about: "Every change, and who made it",
    roles: ["admin"],
    group: "System",
  },
  {
    href: "/settings/workflows",
    label: "Workflows",
    icon: Workflow,
    about: "What runs in the background, step by step",
    roles: ["admin"],
    group: "System",
  },
  {
    href: "/settings/components",
    label: "Components",
    icon: SlidersHorizontal,
    about: "The parts that screens are made of",
    roles: ["admin"],
    group: "System",
  },
];
