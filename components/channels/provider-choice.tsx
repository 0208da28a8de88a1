import Link from "next/link";
import { Card } from "@/components/ui/card";
import { ownProviders } from "@/server/channels/schemas";
import { type Channel, channelLabels, channels, providers } from "@/server/channels/status";
import { providerPitches } from "./provider-fields";

/** Which provider shall carry which channel. */
export function ProviderChoice({ first }: { first: Channel | null }) {
  const order = channels.toSorted((one, other) => Number(other === first) - Number(one === first));
  return order.map((channel) => (
    <Card key={channel} title={channelLabels[channel]} flush>
      <ul className="grid border-line border-t sm:grid-cols-2">
        {ownProviders
          .filter((provider) => (providers[provider].channels as readonly Channel[]).includes(channel))
          .map((provider) => (
            <li key={provider} className="border-line sm:not-last:border-r">
              <Link
                href={`/settings/channels/new?channel=${channel}&provider=${provider}`}
                className="block h-full px-4 py-3 outline-offset-[-2px] transition-colors hover:bg-hover"
              >
                <span className="block font-medium">{providers[provider].label}</span>
                <span className="block text-muted text-sm">{providerPitches[provider]}</span>
              </Link>
            </li>
          ))}
      </ul>
    </Card>
  ));
}
