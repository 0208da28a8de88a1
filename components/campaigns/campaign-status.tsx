import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  Eye,
  type LucideIcon,
  Pause,
  PenLine,
  Repeat,
  Send,
  Zap,
} from "lucide-react";
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

type CampaignStatusBadgeProps = {
  status: CampaignStatus;
  /** Of a draft: approved as it stands. */
  approved?: boolean;
  /** Of an active campaign: nothing goes until its next time. */
  resting?: boolean;
  /** Of an automated campaign: it lets customers in while it is active. */
  listening?: boolean;
};

/** A campaign's state as colour, icon and word. */
export function CampaignStatusBadge({
  status,
  approved = false,
  resting = false,
  listening = false,
}: CampaignStatusBadgeProps) {
  if (status === "draft" && approved) return <StatusBadge tone="good" label="Approved" icon={CircleCheck} />;
  if (status === "active" && resting)
    return <StatusBadge tone="information" label="Between two runs" icon={Repeat} />;
  if (status === "active" && listening)
    return <StatusBadge tone="information" label="Listening" icon={Zap} live />;
  const { label, tone } = statusLabels[status];
  return <StatusBadge tone={tone} label={label} icon={icons[status]} live={status === "active"} />;
}
