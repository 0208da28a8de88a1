"use client";

import { RefreshCw } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyField } from "@/components/ui/copy-field";
import { Notice } from "@/components/ui/notice";
import { StatusBadge } from "@/components/ui/status-badge";
import { toast } from "@/components/ui/toaster";
import type { DkimCheck, DkimState } from "@/server/channels/accounts/dkim";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { useTRPCClient } from "@/server/trpc/react";

/** Signing mails with a key of the account's own: the record to publish, and whether it was seen. */
export function DkimCard({ account: { id: accountId, dkim } }: { account: AccountDetail }) {
  const client = useTRPCClient();
  if (!dkim) return null;
  const make = async () => {
    await client.channels.makeDkimKey.mutate({ accountId });
    toast.success("Key made", {
      description: "Publish its record, then check it. Until then nothing is signed.",
    });
  };
  return (
    <Card
      title="Signature (DKIM)"
      description={`Mailboxes trust mail more that is signed for ${dkim.domain}. Leave it off where your mail server signs by itself.`}
    >
      {dkim.key ? (
        <Record
          key={dkim.key.name}
          accountId={accountId}
          dkimKey={dkim.key}
          domain={dkim.domain}
          acts={<KeyActs accountId={accountId} onMake={make} />}
        />
      ) : (
        <NoKey onMake={make} />
      )}
    </Card>
  );
}

function NoKey({ onMake }: { onMake: () => Promise<void> }) {
  const [pending, startTransition] = useTransition();
  const make = () =>
    startTransition(async () => {
      try {
        await onMake();
      } catch (error) {
        toast.error("No key was made", { description: (error as Error).message });
      }
    });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted text-sm">Mails leave without a signature of ours.</p>
      <Button loading={pending} onClick={make}>
        Make a key
      </Button>
    </div>
  );
}

function KeyActs({ accountId, onMake }: { accountId: string; onMake: () => Promise<void> }) {
  const client = useTRPCClient();
  return (
    <>
      <ConfirmDialog
        title="Make a new key?"
        description="Nothing is signed until the new record is published and checked. Keep the old record for a week: mails under way are checked against it."
        confirmLabel="Make a new key"
        cancelLabel="Keep this one"
        danger={false}
        trigger={
          <Button variant="ghost" icon={<RefreshCw aria-hidden />}>
            New key
          </Button>
        }
        onConfirm={onMake}
      />
      <ConfirmDialog
        title="Sign no more?"
        description="The key is deleted. Mails leave without a signature of ours, from the next one on."
        confirmLabel="Delete the key"
        cancelLabel="Keep signing"
        trigger={<Button variant="ghost">Turn off</Button>}
        onConfirm={async () => {
          await client.channels.dropDkimKey.mutate({ accountId });
          toast.success("Key deleted");
        }}
      />
    </>
  );
}

type RecordProps = {
  accountId: string;
  domain: string;
  dkimKey: NonNullable<DkimState["key"]>;
  acts: ReactNode;
};

function Record({ accountId, domain, dkimKey: { name, value, seenAt, fits }, acts }: RecordProps) {
  const client = useTRPCClient();
  const [check, setCheck] = useState<DkimCheck | null>(null);
  const [pending, startTransition] = useTransition();
  const look = () =>
    startTransition(async () => {
      try {
        setCheck(await client.channels.checkDkim.mutate({ accountId }));
      } catch (error) {
        toast.error("It could not be checked", { description: (error as Error).message });
      }
    });
  return (
    <div className="mt-1 flex flex-col gap-4">
      {fits ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          {seenAt ? (
            <StatusBadge tone="good" label="Signing" />
          ) : (
            <StatusBadge tone="attention" label="Waits for its record" />
          )}
          <span className="text-muted">
            {seenAt
              ? "Every mail of this account is signed."
              : "Add this TXT record where your domain is managed, then check it."}
          </span>
        </div>
      ) : (
        <Notice tone="attention" title="The account sends from another domain now">
          {`This key is not for ${domain}, so nothing is signed. Make a new key.`}
        </Notice>
      )}
      <CopyField label="Name of the TXT record" value={name} />
      <CopyField label="Value of the TXT record" value={value} />
      <div className="flex flex-wrap items-center gap-2">
        <Button loading={pending} onClick={look}>
          Check the record
        </Button>
        {acts}
      </div>
      {check && (
        <p role="status" className={check.found ? "text-good text-sm" : "text-attention text-sm"}>
          {check.sentence}
        </p>
      )}
    </div>
  );
}
