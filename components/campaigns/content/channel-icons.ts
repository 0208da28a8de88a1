import { type LucideIcon, Mail, MessageCircle, MessageSquareText } from "lucide-react";
import type { Channel } from "@/server/channels/status";

export const channelIcons = {
  whatsapp: MessageCircle,
  sms: MessageSquareText,
  email: Mail,
} as const satisfies Record<Channel, LucideIcon>;
