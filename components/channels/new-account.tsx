"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { toast } from "@/components/ui/toaster";
import type { OwnProvider } from "@/server/channels/schemas";
import { type Channel, channelLabels } from "@/server/channels/status";
import { useTRPCClient } from "@/server/trpc/react";
import { AccountForm } from "./account-form";

type NewAccountProps = { channel: Channel; provider: OwnProvider; isDemo: boolean };

/** Connects an account of a provider that was chosen. */
export function NewAccount({ channel, provider, isDemo }: NewAccountProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [makeDefault, setMakeDefault] = useState(true);
  return (
    <AccountForm
      channel={channel}
      provider={provider}
      account={null}
      submitLabel={isDemo ? null : "Connect"}
      onSubmit={async (output) => {
        const { accountId } = await client.channels.addAccount.mutate({
          ...{ channel, provider, makeDefault },
          ...output,
        });
        toast.success(`${output.name} is connected`, { description: "Send yourself a test to see it work." });
        router.push(`/settings/channels/${accountId}`);
      }}
    >
      {!isDemo && (
        <Checkbox
          label={`Carries ${channelLabels[channel]} from now on`}
          description="What is sent on this channel goes through it, also by campaigns that run already."
          checked={makeDefault}
          onCheckedChange={(checked) => setMakeDefault(checked === true)}
        />
      )}
    </AccountForm>
  );
}
