"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useTransition } from "react";
import { useLive } from "@/components/shell/live";
import { PageHeader } from "@/components/ui/page-header";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toaster";
import type { QueueCounts } from "@/server/callbacks/count";
import type { CallbackDetail } from "@/server/callbacks/get";
import type { OwnDesk } from "@/server/callbacks/presence";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { HeldCallback } from "./held-callback";
import { PresenceMenu } from "./presence-menu";
import { ReadyDesk } from "./ready-desk";

type WorkScreenProps = {
  desk: OwnDesk;
  counts: QueueCounts;
  held: CallbackDetail | null;
  /** Opened by "Next callback": the first request is asked for at once. */
  askAtOnce: boolean;
  zone: string;
  opensCustomers: boolean;
};

/** Where an agent works: nothing in hand, or one request until it is done or given back. */
export function WorkScreen({
  desk: initial,
  counts,
  held,
  askAtOnce,
  zone,
  opensCustomers,
}: WorkScreenProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [pending, start] = useTransition();
  const [nothing, setNothing] = useState(false);
  const { data: desk } = useQuery(trpc.callbacks.desk.queryOptions(undefined, { initialData: initial }));
  useLive(["callbacks", "agents"], trpc.callbacks.desk.queryFilter());
  const refresh = () => queryClient.invalidateQueries(trpc.callbacks.pathFilter());
  const next = () =>
    start(async () => {
      try {
        const claim = await client.callbacks.next.mutate();
        setNothing(claim === null);
        await refresh();
      } catch (error) {
        toast.error("Nothing was taken", {
          description: error instanceof Error ? error.message : "Try again.",
        });
      }
    });
  const asked = useRef(false);
  useEffect(() => {
    if (!askAtOnce || asked.current) return;
    asked.current = true;
    // The address asks once: Reload and Back must not take another one. Not by the router: another address is another screen
    // to it, which comes seconds later on a bad line and takes with it what was pressed or written meanwhile.
    window.history.replaceState(null, "", "/callbacks/work");
    if (!initial.hold) next();
  });
  const hold = desk.hold;
  return (
    <>
      <PageHeader
        title={hold ? "In hand" : "Next callback"}
        back={{ href: "/callbacks", label: "Callbacks" }}
        actions={<PresenceMenu desk={desk} zone={zone} busy={hold !== null} />}
      />
      {hold ? (
        <Held
          key={hold.callbackId}
          hold={hold}
          held={held?.id === hold.callbackId ? held : null}
          zone={zone}
          opensCustomers={opensCustomers}
          onNext={next}
          onDone={refresh}
        />
      ) : (
        <ReadyDesk initial={counts} nothing={nothing} pending={pending} onNext={next} />
      )}
    </>
  );
}

type HeldProps = {
  hold: NonNullable<OwnDesk["hold"]>;
  held: CallbackDetail | null;
  zone: string;
  opensCustomers: boolean;
  onNext: () => void;
  onDone: () => Promise<void>;
};

function Held({ hold, held, ...rest }: HeldProps) {
  const trpc = useTRPC();
  const input = { callbackId: hold.callbackId };
  const { data } = useQuery(trpc.callbacks.get.queryOptions(input, held ? { initialData: held } : {}));
  useLive([`callback:${hold.callbackId}`], trpc.callbacks.get.queryFilter(input));
  if (!data)
    return (
      <p className="gutter flex items-center gap-2 py-10 text-muted">
        <Spinner /> Opening the request
      </p>
    );
  return <HeldCallback callback={data} generation={hold.generation} {...rest} />;
}
