import { Inbox, MailQuestionMark, MailSearch, Smartphone } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { type Channel, channelLabels } from "@/server/channels/status";

/** Nothing was ever delivered here. */
export function EmptyInbox() {
  return (
    <>
      <h1 className="sr-only">Inbox</h1>
      <EmptyState
        icon={Inbox}
        title="Nothing was delivered yet"
        className="min-h-[70dvh] justify-center"
        action={
          <Button variant="primary" asChild>
            <Link href="/campaigns">Go to campaigns</Link>
          </Button>
        }
      >
        This is where messages land as their readers see them. Launch a campaign: its messages appear here
        while it runs, and opens and clicks count in its figures.
      </EmptyState>
    </>
  );
}

type NoMatchProps = { channel: Channel; filtered: boolean };

/** The filters leave nothing over, or nothing came by this channel yet. */
export function NoMatch({ channel, filtered }: NoMatchProps) {
  if (!filtered && channel !== "email")
    return (
      <EmptyState icon={Smartphone} title={`Nothing came by ${channelLabels[channel]} yet`}>
        Launch a campaign on this channel, or send a test: its messages appear here on the customers' phones.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={MailSearch}
      title="No message matches"
      action={
        <Button asChild>
          <Link href="/inbox">Show all messages</Link>
        </Button>
      }
    >
      Try another name or address, or look at every kind.
    </EmptyState>
  );
}

/** Beside the list, while no message is open; or the asked one is not there. */
export function NothingOpen({ missing, onBack }: { missing: boolean; onBack: () => void }) {
  if (missing)
    return (
      <EmptyState
        icon={MailQuestionMark}
        title="This message is not here"
        className="flex-1 justify-center"
        action={<Button onClick={onBack}>Back to the list</Button>}
      >
        It may have been removed, or it belongs to another workspace.
      </EmptyState>
    );
  return (
    <EmptyState icon={Inbox} title="Choose a message" className="flex-1 justify-center">
      <Kbd keys="j" /> <Kbd keys="k" /> move, <Kbd keys="Enter" /> opens, <Kbd keys="Esc" /> closes.
    </EmptyState>
  );
}
