"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { useShortcuts } from "@/components/ui/shortcuts";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { channelLabels } from "@/server/channels/status";
import { formatCount, formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { AccountActs } from "./account-acts";
import { AccountUse } from "./account-use";
import { ConnectionCard } from "./connection-card";
import { DkimCard } from "./dkim-card";
import { HealthBadge } from "./health";
import { LimitsCard } from "./limits-card";
import { TestsCard } from "./tests-card";
import { WebhookCard } from "./webhook-card";
import { providerLabel } from "./words";

type AccountScreenProps = { initial: AccountDetail; zone: string };

/** One account: whether it works, how it is reached, how much it sends, and who depends on it. */
export function AccountScreen({ initial, zone }: AccountScreenProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const accountId = initial.id;
  const { data: account } = useQuery(
    trpc.channels.account.queryOptions({ accountId }, { initialData: initial }),
  );
  useLive(["channels", "campaigns"], trpc.channels.account.queryFilter({ accountId }));
  const [editing, setEditing] = useState(false);
  useShortcuts([
    {
      keys: "Escape",
      label: "Back to the accounts",
      group: "Account",
      run: () => router.push("/settings/channels"),
    },
  ]);
  return (
    <>
      <PageHeader
        title={account.name}
        status={<HealthBadge health={account.health} />}
        description={`${channelLabels[account.channel]} · ${account.provider === "sandbox" ? account.sender : `${providerLabel(account)} · ${account.sender}`}`}
        back={{ href: "/settings/channels", label: "Channels" }}
        actions={<AccountActs account={account} />}
      />
      <PageBody width="content">
        <Trouble account={account} zone={zone} onMend={() => setEditing(true)} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <ConnectionCard account={account} editing={editing} onEditing={setEditing} />
            <WebhookCard account={account} />
            <DkimCard account={account} />
            <LimitsCard key={`${account.ratePerSecond} ${account.dailyLimit}`} account={account} />
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <AccountUse account={account} />
            <TestsCard tests={account.tests} zone={zone} />
            <Link
              href={`/settings/audit?id=${account.id}`}
              className="text-muted text-sm underline-offset-2 hover:text-ink hover:underline"
            >
              Who changed what, in the audit log
            </Link>
          </div>
        </div>
      </PageBody>
    </>
  );
}

type TroubleProps = { account: AccountDetail; zone: string; onMend: () => void };

/** What is wrong, since when, and what it holds up. */
function Trouble({ account, zone, onMend }: TroubleProps) {
  const { health, usedBy, carries, builtIn } = account;
  if (health.state === "paused")
    return (
      <Notice tone="attention" title="Paused">
        {carries
          ? `Nothing goes out on ${channelLabels[account.channel]}. What campaigns have for it waits, and goes when you resume.`
          : "Nothing is handed to it until somebody resumes it."}
      </Notice>
    );
  if (health.state !== "trouble") return null;
  return (
    <Notice
      tone="danger"
      title={`Paused by itself at ${formatDateTime(health.at, zone, true)}`}
      action={
        !builtIn && (
          <Button size="sm" onClick={onMend}>
            Mend it
          </Button>
        )
      }
    >
      {health.sentence}
      {carries && usedBy.length > 0 && (
        <> {usedBy.length === 1 ? "1 campaign waits" : `${formatCount(usedBy.length)} campaigns wait`}.</>
      )}
    </Notice>
  );
}
