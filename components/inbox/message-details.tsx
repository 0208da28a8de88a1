import type { Message } from "@/server/inbox/get";
import { MessageVisits } from "./message-visits";

type MessageDetailsProps = { message: Message; zone: string };

/** What a reader does not see: what was done with the message, and the headers that travelled with it. */
export function MessageDetails({ message, zone }: MessageDetailsProps) {
  const headers = Object.entries(message.headers);
  return (
    <div className="flex flex-col gap-6 px-4 py-5 md:px-6">
      {message.kind === "campaign" && (
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">What happened to it</h3>
          <MessageVisits visits={message.visits} zone={zone} />
        </section>
      )}
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">Headers</h3>
        {headers.length === 0 && (
          <p className="text-muted text-sm">None besides sender, recipient and subject.</p>
        )}
        <dl className="flex flex-col gap-2 font-mono text-sm">
          {headers.map(([name, value]) => (
            <div key={name} className="grid gap-x-4 md:grid-cols-[14rem_1fr]">
              <dt className="text-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
