"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Mail, MessageCircle, MessageSquareText, Plus } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { AccountLine } from "@/server/channels/accounts/account-line";
import type { Accounts } from "@/server/channels/accounts/list-accounts";
import { type Channel, channelLabels, channels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { HealthBadge, HealthSentence } from "./health";
import { providerLabel, rateWords } from "./words";

const icons = { whatsapp: MessageCircle, sms: MessageSquareText, email: Mail } as const;

type AccountListProps = { initial: Accounts; zone: string; mayEdit: boolean };

/** What carries each channel, whether it works, and what went out today. */
export function AccountList({ initial, zone, mayEdit }: AccountListProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.channels.accounts.queryOptions(undefined, { initialData: initial }));
  useLive(["channels", "campaigns"], trpc.channels.accounts.queryFilter());
  return (
    <>
      {data.isDemo && (
        <Notice title="The demo delivers to the sandbox inbox only">
          Its people are made up, so no provider can be connected here. You can look at the forms and check a
          connection; create a workspace of your own to send.
        </Notice>
      )}
      {channels.map((channel) => (
        <ChannelCard
          key={channel}
          channel={channel}
          accounts={data.accounts.filter((account) => account.channel === channel)}
          today={data.today[channel]}
          zone={zone}
          mayEdit={mayEdit}
        />
      ))}
    </>
  );
}

type ChannelCardProps = {
  channel: Channel;
  accounts: readonly AccountLine[];
  today: Accounts["today"][Channel];
  zone: string;
  mayEdit: boolean;
};

function ChannelCard({ channel, accounts, today, zone, mayEdit }: ChannelCardProps) {
  const Icon = icons[channel];
  return (
    <section aria-label={channelLabels[channel]} className="rounded-md border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        <h2 className="flex items-center gap-2 font-medium">
          <Icon aria-hidden className="size-4 text-muted" />
          {channelLabels[channel]}
        </h2>
        <p className="text-muted text-sm tabular-nums">
          Today {formatCount(today.sent)} sent
          {today.failed > 0 && <span className="text-danger"> · {formatCount(today.failed)} refused</span>}
        </p>
        {mayEdit && (
          <Button asChild size="sm" variant="ghost" className="ml-auto">
            <Link href={`/settings/channels/new?channel=${channel}`}>
              <Plus aria-hidden />
              Add account
            </Link>
          </Button>
        )}
      </header>
      <ul className="border-line border-t">
        {accounts.map((account) => (
          <li key={account.id} className="border-line border-b last:border-b-0">
            <AccountRow account={account} zone={zone} mayEdit={mayEdit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AccountRow({ account, zone, mayEdit }: { account: AccountLine; zone: string; mayEdit: boolean }) {
  const body = (
    <>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{account.name}</span>
          {account.carries && <Badge tone="accent">Carries {channelLabels[account.channel]}</Badge>}
        </span>
        <span className="block text-muted text-sm sm:truncate">
          {account.provider === "sandbox" ? account.sender : `${providerLabel(account)} · ${account.sender}`}
        </span>
        <HealthSentence health={account.health} zone={zone} />
      </span>
      <span className="hidden w-44 shrink-0 text-right text-muted text-sm tabular-nums sm:block">
        {rateWords(account)}
        <span className="block text-faint text-xs">
          {account.dailyLimit === null
            ? "No daily limit"
            : `At most ${formatCount(account.dailyLimit)} a day`}
        </span>
      </span>
      <span className="flex w-28 shrink-0 justify-end">
        <HealthBadge health={account.health} />
      </span>
      {mayEdit && <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />}
    </>
  );
  const look = "flex items-center gap-4 px-4 py-3";
  if (!mayEdit) return <div className={look}>{body}</div>;
  return (
    <Link
      href={`/settings/channels/${account.id}`}
      className={`${look} outline-offset-[-2px] transition-colors hover:bg-hover`}
    >
      {body}
    </Link>
  );
}
