"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { toast } from "@/components/ui/toaster";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { type OwnProvider, ownProviders } from "@/server/channels/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { AccountForm } from "./account-form";
import { CheckResult } from "./check-result";
import { providerFields } from "./provider-fields";
import { useConnectionCheck } from "./use-connection-check";

type ConnectionCardProps = {
  account: AccountDetail;
  editing: boolean;
  onEditing: (editing: boolean) => void;
};

/** How the provider is reached: what is stored, and the form that changes it. */
export function ConnectionCard({ account, editing, onEditing }: ConnectionCardProps) {
  const client = useTRPCClient();
  const [saved, setSaved] = useState(0);
  const provider = ownProviders.find((own) => own === account.provider);
  if (!provider || account.builtIn) return <BuiltIn account={account} />;
  const inTrouble = account.health.state === "trouble";
  if (!editing)
    return <Settings key={saved} account={account} provider={provider} onEdit={() => onEditing(true)} />;
  return (
    <Card title="Connection">
      <AccountForm
        channel={account.channel}
        provider={provider}
        account={account}
        checkFirst={inTrouble}
        submitLabel={inTrouble ? "Save and resume" : "Save"}
        onCancel={() => onEditing(false)}
        onSubmit={async (output) => {
          await client.channels.changeAccount.mutate({ accountId: account.id, ...output });
          if (inTrouble) await client.channels.resumeAccount.mutate({ accountId: account.id });
          toast.success(inTrouble ? "Saved, and sending goes on" : "Saved");
          setSaved(saved + 1);
          onEditing(false);
        }}
      />
    </Card>
  );
}

type SettingsProps = { account: AccountDetail; provider: OwnProvider; onEdit: () => void };

function Settings({ account, provider, onEdit }: SettingsProps) {
  const { id, channel, config, secretsSet } = account;
  const check = useConnectionCheck({ accountId: id, channel, provider });
  const items = providerFields[provider].map(({ name, label, secret, mono, options }) => {
    const value = String(config[name] ?? "");
    const words = options?.find((option) => option.value === value)?.label ?? value;
    return {
      term: label,
      value: secret ? (
        secretsSet.includes(name) ? (
          "Set"
        ) : (
          <span className="text-muted">Not set</span>
        )
      ) : (
        <span className={mono ? "font-mono" : undefined}>{words}</span>
      ),
    };
  });
  return (
    <Card
      title="Connection"
      actions={
        <>
          <Button
            size="sm"
            loading={check.pending}
            onClick={() => check.start(async () => void (await check.ask({ config, secrets: {} })))}
          >
            Check the connection
          </Button>
          <Button size="sm" onClick={onEdit}>
            Edit
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <DescriptionList items={items} />
        <CheckResult result={check.result} />
      </div>
    </Card>
  );
}

function BuiltIn({ account }: { account: AccountDetail }) {
  return (
    <Card title="Connection">
      <p className="text-muted">
        {account.provider === "sandbox"
          ? "The sandbox is part of Ringback. It delivers to the inbox in this workspace and to nobody's phone, so that campaigns can be tried out."
          : "This server belongs to the installation: whoever runs Ringback sets it in SMTP_URL."}
      </p>
    </Card>
  );
}
