import {
  Activity,
  ChartSpline,
  FileInput,
  Gauge,
  Goal,
  Inbox,
  LibraryBig,
  Lightbulb,
  ListFilter,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  PhoneCall,
  Settings,
  ShieldCheck,
  Users,
} from "lucide-react";

/** The roles of a membership; `approver` may be added to any other. */
export type Role = "admin" | "marketer" | "approver" | "supervisor" | "agent" | "advisor";

export type NavigationItem = {
  href: string;
  label: string;
  /** Where there is room for seven letters only: the bar of a phone. */
  short?: string;
  icon: LucideIcon;
  /** Who sees it; everyone when left out. What a role may do is decided by the server, not here. */
  roles?: readonly Role[];
  /** Two keys that lead there: "g c". */
  keys?: string;
  /** Other paths that belong to it are those below `href`, except those of a more exact item. */
  group: "Campaigns" | "Customers" | "Answers" | "Results" | "workspace";
};

const campaignRoles: readonly Role[] = ["admin", "marketer", "supervisor"];
/** Advisors see their own campaigns, approvers what they decide about. */
const campaignReaders: readonly Role[] = [...campaignRoles, "approver", "advisor"];
const customerRoles: readonly Role[] = ["admin", "marketer", "supervisor", "advisor"];

/** Only screens that exist. A new screen adds its line here. */
export const navigation: readonly NavigationItem[] = [
  {
    href: "/campaigns",
    label: "Campaigns",
    icon: Megaphone,
    roles: campaignReaders,
    keys: "g c",
    group: "Campaigns",
  },
  {
    href: "/recommendations",
    label: "Recommendations",
    short: "For you",
    icon: Lightbulb,
    roles: ["admin", "marketer", "advisor"],
    keys: "g d",
    group: "Campaigns",
  },
  {
    href: "/templates",
    label: "Templates",
    icon: LibraryBig,
    roles: [...campaignRoles, "approver", "advisor"],
    keys: "g t",
    group: "Campaigns",
  },
  {
    href: "/customers",
    label: "Customers",
    icon: Users,
    roles: customerRoles,
    keys: "g u",
    group: "Customers",
  },
  {
    href: "/segments",
    label: "Segments",
    icon: ListFilter,
    roles: campaignRoles,
    keys: "g e",
    group: "Customers",
  },
  {
    href: "/customers/imports",
    label: "Imports",
    icon: FileInput,
    roles: ["admin", "marketer"],
    keys: "g m",
    group: "Customers",
  },
  {
    href: "/customers/consent",
    label: "Consent",
    icon: ShieldCheck,
    roles: ["admin", "marketer", "supervisor"],
    keys: "g o",
    group: "Customers",
  },
  {
    href: "/customers/events",
    label: "Events",
    icon: Activity,
    roles: ["admin", "marketer"],
    keys: "g v",
    group: "Customers",
  },
  {
    href: "/floor",
    label: "Floor",
    icon: Gauge,
    roles: ["admin", "supervisor"],
    keys: "g f",
    group: "Answers",
  },
  {
    href: "/responses",
    label: "Responses",
    icon: MessagesSquare,
    roles: campaignRoles,
    keys: "g r",
    group: "Answers",
  },
  {
    href: "/callbacks",
    label: "Callbacks",
    icon: PhoneCall,
    roles: ["admin", "supervisor", "agent", "advisor"],
    keys: "g b",
    group: "Answers",
  },
  {
    href: "/inbox",
    label: "Inbox",
    icon: Inbox,
    roles: ["admin", "marketer"],
    keys: "g i",
    group: "Answers",
  },
  {
    href: "/analytics",
    label: "Analytics",
    icon: ChartSpline,
    roles: campaignReaders,
    keys: "g a",
    group: "Results",
  },
  {
    href: "/conversions",
    label: "Conversions",
    icon: Goal,
    roles: campaignRoles,
    keys: "g n",
    group: "Results",
  },
  { href: "/settings", label: "Settings", icon: Settings, keys: "g s", group: "workspace" },
];

/** What someone with these roles sees. */
export function navigationFor<Item extends Pick<NavigationItem, "roles">>(
  items: readonly Item[],
  roles: readonly Role[],
): Item[] {
  return items.filter((item) => !item.roles || item.roles.some((role) => roles.includes(role)));
}

/** The item that a path belongs to: the longest `href` that it starts with. */
export function activeHref(
  items: ReadonlyArray<Pick<NavigationItem, "href">>,
  path: string,
): string | undefined {
  return items
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)
    .at(0)?.href;
}
