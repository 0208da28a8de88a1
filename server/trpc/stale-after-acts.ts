import type { QueryClient } from "@tanstack/react-query";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "./root";

/**
 * After an act of one's own, nothing that was read before it counts as fresh: a screen that is opened next reads again, also
 * within the seconds in which it would otherwise show what it knew. What stands on the screen is re-read by its own ways.
 */
export function staleAfterActs(client: QueryClient): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) =>
        next(op).subscribe({
          next: (value) => {
            if (op.type === "mutation") void client.invalidateQueries({ refetchType: "none" });
            observer.next(value);
          },
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        }),
      );
}
