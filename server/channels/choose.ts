import { env } from "@/env";
import type { ChannelAdapter } from "./adapter";
import { sandboxAdapter } from "./sandbox/sandbox";
import { smtpAdapter } from "./smtp/smtp";

const chosen = new Map<string, ChannelAdapter>();

/**
 * The adapter that carries a channel for a workspace: SMTP for e-mail where SMTP_URL is set, else the sandbox inbox. The
 * demo workspace always has the sandbox: its made-up people must never be written to.
 * @throws Error with a sentence for the operator when SMTP_URL cannot be read.
 */
export function adapterFor(
  channel: "email" | "sms" | "whatsapp",
  workspace: { isDemo: boolean },
): ChannelAdapter {
  const smtpUrl = channel === "email" && !workspace.isDemo ? env.SMTP_URL : undefined;
  const key = `${channel} ${smtpUrl ?? ""}`;
  const known = chosen.get(key);
  if (known) return known;
  const adapter = smtpUrl ? smtpAdapter(smtpUrl) : sandboxAdapter(channel);
  chosen.set(key, adapter);
  return adapter;
}

/** Ends every connection; for the end of a process or a test. */
export async function closeAdapters(): Promise<void> {
  const open = [...chosen.values()];
  chosen.clear();
  await Promise.all(open.map((adapter) => adapter.close()));
}
