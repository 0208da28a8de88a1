import { type LucideIcon, Mail, MessageCircle, Smartphone } from "lucide-react";
import { type Channel, channelLabels } from "@/server/channels/status";

const icons = { whatsapp: MessageCircle, sms: Smartphone, email: Mail } as const satisfies Record<
  Channel,
  LucideIcon
>;

/** The channels of a template, in its order of preference; named for screen readers and on hover. */
export function ChannelIcons({ channels }: { channels: readonly Channel[] }) {
  return (
    <span className="flex items-center gap-1.5 text-faint">
      {channels.map((channel) => {
        const Icon = icons[channel];
        return (
          <span key={channel} title={channelLabels[channel]}>
            <Icon aria-label={channelLabels[channel]} role="img" className="size-3.5" />
          </span>
        );
      })}
    </span>
  );
}
