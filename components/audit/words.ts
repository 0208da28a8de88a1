import type { AuditLine } from "@/server/audit/list";
import { actionLabel, type FieldChange } from "@/server/audit/schemas";

const actors = {
  user: "Somebody who was removed",
  system: "Ringback itself",
  customer: "A customer",
  api_key: "An API key",
} as const satisfies Record<AuditLine["actorKind"], string>;

/** Who did it. */
export const actorWords = ({ actorName, actorKind }: AuditLine): string =>
  actorName === null ? actors[actorKind] : actorKind === "api_key" ? `API key ${actorName}` : actorName;

/** What it was done to: its name where it has one, else its kind and the end of its id. */
export const subjectWords = ({ subjectType, subjectId, names }: AuditLine): string =>
  names[subjectId] ?? `${actionLabel(subjectType)} …${subjectId.slice(-6)}`;

/** One changed field on one line. */
export function changeWords({ field, before, after }: FieldChange): string {
  if (before === null) return `${field}: ${after ?? "–"}`;
  return after === null ? `${field}: ${before} removed` : `${field}: ${before} → ${after}`;
}
