"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import type { ImportDetail } from "@/server/imports/get";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** An import, live, with the acts on it. */
export function useImport(initial: ImportDetail) {
  const trpc = useTRPC();
  const { imports } = useTRPCClient();
  const queryClient = useQueryClient();
  const input = { importId: initial.id };
  const filter = trpc.imports.get.queryFilter(input);
  const { data } = useQuery(trpc.imports.get.queryOptions(input, { initialData: initial }));
  useLive([`import:${initial.id}`, "imports"], filter);
  const then = async (work: Promise<unknown>) => {
    try {
      await work;
    } finally {
      await queryClient.invalidateQueries(filter);
    }
  };
  return {
    row: data,
    configure: (settings: Pick<ImportDetail, "mapping" | "options">) =>
      then(imports.configure.mutate({ ...input, ...settings })),
    check: () => then(imports.check.mutate(input)),
    run: () => then(imports.run.mutate(input)),
    cancel: () => then(imports.cancel.mutate(input)),
    undo: () => then(imports.undo.mutate(input)),
  };
}

export type LiveImport = ReturnType<typeof useImport>;
