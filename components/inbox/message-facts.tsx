import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Message } from "@/server/inbox/get";
import { formatDateTime } from "@/server/platform/format";

type MessageFactsProps = { message: Message; zone: string };

const kinds = { campaign: null, test: "Test", system: "System mail" } as const;

/** Subject, sender, recipient and time of a message, and what stands behind it. */
export function MessageFacts({ message, zone }: MessageFactsProps) {
  const { name, address } = parseSender(message.from);
  const kind = kinds[message.kind];
  return (
    <div className="flex flex-col gap-3">
      <h2 className="break-words font-medium text-xl">
        {message.subject || <span className="text-faint">No subject</span>} {kind && <Badge>{kind}</Badge>}
      </h2>
      <div className="flex items-start gap-3">
        <Avatar name={name || address} className="mt-0.5" />
        <dl className="min-w-0 flex-1 text-sm [&_dd]:min-w-0 [&_dd]:break-words [&_dt]:w-10 [&_dt]:shrink-0 [&_dt]:text-faint">
          <div className="flex">
            <dt>From</dt>
            <dd>
              <span className="font-medium">{name || address}</span>
              {name && <span className="text-muted"> {address}</span>}
            </dd>
          </div>
          <div className="flex">
            <dt>To</dt>
            <dd>
              {message.customer ? (
                <Link
                  href={`/customers/${message.customer.id}`}
                  className="text-accent-ink underline underline-offset-2"
                >
                  {message.toName || message.customer.name || message.toAddress}
                </Link>
              ) : (
                message.toName || message.toAddress
              )}
              {message.toName && <span className="text-muted"> {message.toAddress}</span>}
            </dd>
          </div>
          <div className="flex">
            <dt>Date</dt>
            <dd>
              <time dateTime={message.deliveredAt.toISOString()}>
                {formatDateTime(message.deliveredAt.toISOString(), zone, true)}
              </time>
            </dd>
          </div>
          {message.campaign && (
            <div className="flex">
              <dt>Via</dt>
              <dd>
                <Link
                  href={`/campaigns/${message.campaign.id}`}
                  className="text-accent-ink underline underline-offset-2"
                >
                  {message.campaign.name}
                </Link>
              </dd>
            </div>
          )}
        </dl>
      </div>
    </div>
  );
}

/** `Suraksha <post@example.com>` as its two halves. */
function parseSender(from: string): { name: string; address: string } {
  const match = /^(?<name>.*?)\s*<(?<address>[^<>]+)>$/.exec(from);
  return { name: match?.groups?.name ?? "", address: match?.groups?.address ?? from };
}
