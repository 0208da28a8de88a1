"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { fetchOverLine, LONGEST_ANSWER_MS } from "./fetch-over-line";
import type { AppRouter } from "./root";
import { staleAfterActs } from "./stale-after-acts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const url = "/api/trpc";

/** For a call that takes its time: in a batch, everything else would wait for it. */
export const alone = { context: { alone: true } } as const;

/** Gives the tree below it the typed API: queries in one batch (but those `alone`), the one subscription over SSE. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: true } },
      }),
  );
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        staleAfterActs(queryClient),
        splitLink({
          condition: (operation) => operation.type === "subscription",
          true: httpSubscriptionLink({ url, transformer: superjson }),
          false: splitLink({
            condition: ({ context }) => context.alone === true,
            true: httpLink({ url, transformer: superjson, fetch: fetchOverLine(null) }),
            false: httpBatchLink({
              ...{ url, transformer: superjson, maxURLLength: 4_000 },
              fetch: fetchOverLine(LONGEST_ANSWER_MS),
            }),
          }),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
