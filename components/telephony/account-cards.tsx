"use client";

import { Ellipsis, Phone, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-field";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { useAct } from "@/components/workspaces/use-act";
import type {
  TelephonyAccountLine,
  TelephonyHealth,
  TelephonySetup,
} from "@/server/telephony/accounts/list-accounts";
import { telephonyProviders } from "@/server/telephony/status";
import { useTRPCClient } from "@/server/trpc/react";
import { AccountDialog } from "./account-dialog";
import { missedCallHelp } from "./provider-fields";
import { TestDialog } from "./test-dialog";

type AccountCardsProps = { setup: TelephonySetup; mayEdit: boolean; zone: string };

const looks: Record<TelephonyHealth["state"], { label: string; tone: Tone }> = {
  works: { label: "Works", tone: "good" },
  untried: { label: "Not tried yet", tone: "neutral" },
  paused: { label: "Paused", tone: "attention" },
  trouble: { label: "Needs you", tone: "danger" },
};

/** The accounts that place calls, and whether each of them works. */
export function AccountCards({ setup, mayEdit, zone }: AccountCardsProps) {
  const [open, setOpen] = useState<TelephonyAccountLine | "new" | "test" | null>(null);
  return (
    <Card
      title="Providers"
      description="They ring the agent’s phone first, and the customer when the agent picks up."
      actions={
        mayEdit && (
          <>
            {setup.lines.length > 0 && (
              <Button size="sm" icon={<Phone aria-hidden />} onClick={() => setOpen("test")}>
                Test call
              </Button>
            )}
            <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setOpen("new")}>
              Connect a provider
            </Button>
          </>
        )
      }
    >
      {setup.accounts.length === 0 ? (
        <p className="text-muted">None yet. Agents call from their own phones until one is connected.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {setup.accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              mayEdit={mayEdit}
              zone={zone}
              onChange={() => setOpen(account)}
            />
          ))}
        </ul>
      )}
      {open === "test" && <TestDialog setup={setup} onClose={() => setOpen(null)} />}
      {open !== null && open !== "test" && (
        <AccountDialog account={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}

type AccountRowProps = {
  account: TelephonyAccountLine;
  mayEdit: boolean;
  zone: string;
  onChange: () => void;
};

function AccountRow({ account, mayEdit, zone, onChange }: AccountRowProps) {
  const client = useTRPCClient();
  const { act } = useAct();
  const { health } = account;
  const at = { accountId: account.id };
  const stopped = health.state === "paused" || health.state === "trouble";
  return (
    <li className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{account.name}</span>
          <StatusBadge {...looks[health.state]} />
        </p>
        <p className="text-muted text-sm">
          {telephonyProviders[account.provider].label} · at most {account.callsPerMinute} calls a minute
          {health.state === "works" && (
            <>
              {" "}
              · last call <Time value={health.at} zone={zone} />
            </>
          )}
        </p>
        {health.state === "trouble" && <p className="text-danger text-sm">{health.sentence}</p>}
      </div>
      {mayEdit && (
        <DropdownMenu
          trigger={<IconButton label={`More for ${account.name}`} icon={<Ellipsis aria-hidden />} />}
        >
          <MenuItem onSelect={onChange}>Change</MenuItem>
          {stopped ? (
            <MenuItem
              onSelect={() => act(() => client.telephony.resumeAccount.mutate(at), "It places calls again")}
            >
              Resume
            </MenuItem>
          ) : (
            <MenuItem
              onSelect={() =>
                act(() => client.telephony.pauseAccount.mutate(at), "No call is placed with it")
              }
            >
              Pause
            </MenuItem>
          )}
          <MenuItem
            danger
            onSelect={() => act(() => client.telephony.archiveAccount.mutate(at), "It was put away")}
          >
            Put away
          </MenuItem>
        </DropdownMenu>
      )}
      {account.missedCallAddress !== null && (
        <div className="w-full">
          <CopyField
            label="Address for missed calls"
            value={account.missedCallAddress}
            help={`${missedCallHelp[account.provider]} Whoever calls and is not answered then waits in the queue.`}
          />
        </div>
      )}
    </li>
  );
}
