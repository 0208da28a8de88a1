import { z } from "zod";
import type { Role } from "@/server/platform/context";

type RoleWords = { label: string; summary: string; may: readonly string[] };

/** The roles of a membership: what they are called and what each may do. The routers' guards say the same. */
export const roles = {
  admin: {
    label: "Administrator",
    summary: "Runs the workspace: people, teams, settings. May do all that marketers do.",
    may: ["People, teams and invitations", "Workspace settings", "Audit log", "Everything a marketer does"],
  },
  marketer: {
    label: "Marketer",
    summary: "Customers, templates, campaigns and their numbers.",
    may: ["Import and edit customers", "Build and launch campaigns", "Read every campaign's numbers"],
  },
  supervisor: {
    label: "Supervisor",
    summary: "The call floor of their teams: queue, assignment, service levels.",
    may: ["See and reassign the callbacks of their teams", "Service level reports of their teams"],
  },
  agent: {
    label: "Call-centre agent",
    summary: "An own queue of callbacks, and the customer of each while holding it.",
    may: ["Take the next callback", "See the customer of a callback while holding it"],
  },
  advisor: {
    label: "Field advisor",
    summary: "An own book of customers: approved templates, campaigns and callbacks for it.",
    may: ["Work with the customers of their own book", "Build and launch campaigns to that book"],
  },
} as const satisfies Record<Role, RoleWords>;

export const roleKeys = [
  "admin",
  "marketer",
  "supervisor",
  "agent",
  "advisor",
] as const satisfies readonly Role[];
export const roleSchema = z.enum(roleKeys);

/** An approver approves or returns campaigns of others; added to any role. */
export const approver = {
  label: "Approver",
  summary: "Approves or returns campaigns with a comment, never their own.",
} as const;

/** "Marketer", or "Marketer, approver". */
export const roleLabel = (role: Role, isApprover: boolean): string =>
  isApprover ? `${roles[role].label}, ${approver.label.toLowerCase()}` : roles[role].label;
