"use client";

import { Plus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LineActions, movedBy } from "@/components/ui/line-actions";
import { useOpen } from "@/components/ui/use-open";
import { useAct } from "@/components/workspaces/use-act";
import { formatCount } from "@/server/platform/format";
import type { PolicyLine } from "@/server/sla/list-policies";
import { useTRPCClient } from "@/server/trpc/react";
import { PolicyDrawer } from "./policy-drawer";
import { conditionWords, escalationWords } from "./policy-words";
import { minutesWords } from "./words";

type PolicyListProps = {
  policies: readonly PolicyLine[];
  calendars: readonly { id: string; name: string }[];
  mayEdit: boolean;
};

/** The policies in the order in which they are tried; the first that matches a request decides. */
export function PolicyList({ policies, calendars, mayEdit }: PolicyListProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const { openId, open, close } = useOpen();
  const opened = policies.find(({ id }) => id === openId);
  const own = policies.filter(({ isDefault }) => !isDefault);
  const move = (place: number, by: -1 | 1) => {
    const policyIds = movedBy(
      own.map(({ id }) => id),
      place,
      by,
    );
    act(() => client.sla.orderPolicies.mutate({ policyIds }), "Order saved");
  };
  return (
    <div className="flex flex-col gap-4">
      {mayEdit && (
        <Button
          className="self-end"
          variant="primary"
          icon={<Plus aria-hidden />}
          onClick={() => open("new")}
        >
          New policy
        </Button>
      )}
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {policies.map((policy, place) => (
          <li key={policy.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
            <span aria-hidden className="w-5 pt-0.5 text-faint text-sm tabular-nums">
              {place + 1}
            </span>
            <PolicyFacts policy={policy} />
            {mayEdit && (
              <LineActions
                name={policy.name}
                onChange={() => open(policy.id)}
                {...(policy.isDefault
                  ? {}
                  : {
                      archive: {
                        title: `Archive ${policy.name}?`,
                        description: `${policy.open === 1 ? "1 open request goes" : `${formatCount(policy.open)} open requests go`} to the next policy that matches. What has elapsed stays.`,
                        confirmLabel: "Archive the policy",
                        run: async () => {
                          await client.sla.archivePolicy.mutate({ policyId: policy.id });
                          act(async () => {}, `${policy.name} was archived`);
                        },
                      },
                    })}
                {...(policy.isDefault || own.length < 2
                  ? {}
                  : {
                      order: {
                        verb: "Try",
                        first: place === 0,
                        last: place === own.length - 1,
                        pending,
                        move: (by) => move(place, by),
                      },
                    })}
              />
            )}
          </li>
        ))}
      </ol>
      {mayEdit && (opened || openId === "new") && (
        <PolicyDrawer policy={opened ?? null} calendars={calendars} onClose={close} />
      )}
    </div>
  );
}

function PolicyFacts({ policy }: { policy: PolicyLine }) {
  const { targets, warnAt, escalations } = policy.definition;
  return (
    <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {policy.name}
        <Badge>{policy.open === 1 ? "1 open" : `${formatCount(policy.open)} open`}</Badge>
      </p>
      <p className="text-muted text-sm">
        {policy.isDefault ? "Every request that no other policy takes" : conditionWords(policy.definition)}
      </p>
      <dl className="grid max-w-lg grid-cols-3 gap-x-4 text-sm">
        {(["high", "medium", "low"] as const).map((priority) => (
          <div key={priority}>
            <dt className="text-faint text-xs capitalize">{priority}</dt>
            <dd className="tabular-nums">
              {minutesWords(targets[priority].firstAttemptMinutes)}
              <span className="text-muted"> · {minutesWords(targets[priority].resolutionMinutes)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-faint text-xs">
        First attempt · resolution, counted by {policy.calendarName}. Warns at {Math.round(warnAt * 100)}%
        {escalations.length > 0 ? `; ${escalationWords(escalations)}` : "; escalates to nobody"}. Version{" "}
        {policy.version}.
      </p>
    </div>
  );
}
