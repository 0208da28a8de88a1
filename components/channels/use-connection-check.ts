"use client";

import { useState, useTransition } from "react";
import type { ConnectionCheck } from "@/server/channels/accounts/check-connection";
import type { OwnProvider } from "@/server/channels/schemas";
import type { Channel } from "@/server/channels/status";
import { useTRPCClient } from "@/server/trpc/react";
import type { AccountOutput } from "./account-schema";

type Asked = { accountId: string | null; channel: Channel; provider: OwnProvider };

/** Asks the provider whether settings work; nothing is saved and nothing is sent. */
export function useConnectionCheck(of: Asked) {
  const client = useTRPCClient();
  const [result, setResult] = useState<ConnectionCheck | null>(null);
  const [pending, startTransition] = useTransition();
  const ask = async ({ config, secrets }: Pick<AccountOutput, "config" | "secrets">) => {
    setResult(null);
    try {
      const told = await client.channels.checkConnection.mutate({ ...of, config, secrets });
      setResult(told);
      return told;
    } catch (cause) {
      const sentence = cause instanceof Error ? cause.message : "The provider could not be asked.";
      const told: ConnectionCheck = { ok: false, sentence };
      setResult(told);
      return told;
    }
  };
  return { result, pending, ask, start: (work: () => Promise<void>) => startTransition(work) };
}
