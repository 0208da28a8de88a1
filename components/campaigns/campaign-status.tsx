import { Ban, CircleCheck, CircleX, Clock, Eye, type LucideIcon, Pause, PenLine, Send } from "lucide-react";
import { StatusBadge } from "@/components/ui/status-badge";
import { type CampaignStatus, statusLabels } from "@/server/campaigns/status";

const icons: Record<CampaignStatus, LucideIcon> = {
  draft: PenLine,
  in_review: Eye,
  scheduled: Clock,
  active: Send,
  paused: Pause,
  completed: CircleCheck,
  cancelled: Ban,
  failed: CircleX,
};

/** A campaign's state as colour, icon and word. */
export function CampaignStatusBadge({ status }: { status: CampaignStatus }) {
  const { label, tone } = statusLabels[status];
  return <StatusBadge tone={tone} label={label} icon={icons[status]} live={status === "active"} />;
}
