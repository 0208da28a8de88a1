import {
  Ban,
  Bot,
  CircleHelp,
  Frown,
  type LucideIcon,
  MessageSquare,
  PhoneCall,
  ThumbsUp,
} from "lucide-react";
import type { ResponseClass } from "@/server/responses/status";

/** An icon for each class, so that none is told by its colour alone. */
export const classIcons: Record<ResponseClass, LucideIcon> = {
  interested: ThumbsUp,
  question: CircleHelp,
  complaint: Frown,
  unsubscribe: Ban,
  callback_request: PhoneCall,
  other: MessageSquare,
  auto_reply: Bot,
};
