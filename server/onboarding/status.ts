import type { Role } from "@/server/platform/context";

/** What a new workspace has to do before its first messages bring answers, in the order in which it is done. */
export const onboardingSteps = {
  channel: {
    label: "Connect a channel, or begin in the sandbox",
    help: "The sandbox needs nothing: until you connect an account, messages go to the inbox here and reach nobody.",
    href: "/settings/channels",
    roles: ["admin"],
  },
  customers: {
    label: "Import customers",
    help: "A file from Excel or your core system. It asks what they agreed to: have that at hand.",
    href: "/customers/imports/new",
    roles: ["admin", "marketer"],
  },
  consent: {
    label: "Say what they agreed to",
    help: "In the import, in a file of its own, or for one customer. Without it nobody gets offers.",
    href: "/customers/consent",
    roles: ["admin", "marketer"],
  },
  campaign: {
    label: "Launch a first campaign",
    help: "Begin with a template; a test to yourself costs nothing in the sandbox.",
    href: "/campaigns/new",
    roles: ["admin", "marketer"],
  },
  inbox: {
    label: "Open a message in the inbox",
    help: "There you see it as its reader does, and can answer in their place.",
    href: "/inbox",
    roles: ["admin", "marketer"],
  },
  colleague: {
    label: "Invite a colleague",
    help: "Somebody who approves, or who calls back.",
    href: "/settings/team",
    roles: ["admin"],
  },
} as const satisfies Record<string, { label: string; help: string; href: string; roles: readonly Role[] }>;

export type OnboardingStep = keyof typeof onboardingSteps;
