import { StatusBadge } from "@/components/ui/status-badge";
import { type ImportStatus, isUnderWay, statusLabels } from "@/server/imports/status";

/** The state of an import in a word. */
export function ImportStatusBadge({ status }: { status: ImportStatus }) {
  const { label, tone } = statusLabels[status];
  return <StatusBadge tone={tone} label={label} live={isUnderWay(status)} />;
}
