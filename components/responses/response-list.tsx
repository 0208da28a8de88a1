"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ShowAll } from "@/components/ui/show-all";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/components/ui/use-url";
import { formatCount } from "@/server/platform/format";
import type { ResponsePage } from "@/server/responses/list";
import type { ListResponsesInput } from "@/server/responses/schemas";
import { useTRPC } from "@/server/trpc/react";
import { AssignMenu } from "./assign-menu";
import { responseColumns } from "./response-columns";
import { filterNames, ResponseFilters } from "./response-filters";

type ResponseListProps = { input: ListResponsesInput; initial: ResponsePage; zone: string };

/** Every reply, the latest first, live; filters, place and the open reply stand in the address. */
export function ResponseList({ input, initial, zone }: ResponseListProps) {
  const trpc = useTRPC();
  const { params, openHref } = useUrl();
  const query = useQuery(trpc.responses.list.queryOptions(input, { initialData: initial }));
  useLive(["responses"], trpc.responses.list.queryFilter());
  const columns = useMemo(() => responseColumns(zone), [zone]);
  const { rows, previous, next, open, campaigns } = query.data;
  const narrowed = filterNames.some((name) => params.has(name));
  return (
    <DataTable
      id="responses"
      label="Responses"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => openHref(row.id)}
      currentId={params.get("open") ?? undefined}
      stale={query.isPlaceholderData}
      paging={{ previous, next }}
      summary={`${open >= 1_000 ? "999+" : formatCount(open)} open`}
      bulkActions={(ids, clear) => (
        <>
          <AssignMenu responseIds={ids} onDone={clear} />
          <HandleMany ids={ids} clear={clear} />
        </>
      )}
      toolbar={<ResponseFilters campaigns={campaigns} />}
      empty={
        <EmptyState
          icon={MessagesSquare}
          title={narrowed ? "No response matches" : "Nobody has answered yet"}
          action={narrowed && <ShowAll noun="responses" />}
        >
          {narrowed
            ? "Choose other days, or take a filter away."
            : "Replies on WhatsApp, by SMS and by e-mail come here by themselves. In the sandbox, open a message in the inbox and answer it as the customer."}
        </EmptyState>
      }
    />
  );
}

function HandleMany({ ids, clear }: { ids: readonly string[]; clear: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.responses.setHandled.mutationOptions({
      onSuccess: async ({ changed }) => {
        await queryClient.invalidateQueries(trpc.responses.pathFilter());
        toast.success(`${formatCount(changed)} marked as handled`);
        clear();
      },
      onError: (error) => toast.error("Nothing was marked", { description: error.message }),
    }),
  );
  return (
    <Button size="sm" loading={isPending} onClick={() => mutate({ responseIds: [...ids], handled: true })}>
      Mark {formatCount(ids.length)} as handled
    </Button>
  );
}
