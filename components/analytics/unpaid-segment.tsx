"use client";

import { useMutation } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { Renewals } from "@/server/analytics/status";
import { addDays, addMonths } from "@/server/platform/days";
import { useTRPC } from "@/server/trpc/react";

type UnpaidSegmentProps = Pick<Renewals, "open" | "lapsed"> & { month: string; label: string };

/** Makes a segment of everybody who has not paid a premium of the month; whoever pays leaves it. */
export function UnpaidSegment({ month, label, open, lapsed }: UnpaidSegmentProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const create = useMutation(
    trpc.segments.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/segments/${id}`),
      onError: (error) => toast.error("The segment was not made", { description: error.message }),
    }),
  );
  const first = `${month}-01`;
  const unpaid = open + lapsed;
  if (unpaid === 0) return null;
  return (
    <Button
      icon={<ListFilter aria-hidden />}
      loading={create.isPending}
      onClick={() =>
        create.mutate({
          name: `Unpaid, due in ${label}`,
          description: "Made from the renewal collection.",
          rule: {
            match: "all",
            of: [
              {
                on: "payment",
                count: { op: "some" },
                where: [
                  { field: "status", op: "none_of", value: ["paid"] },
                  { field: "due_date", op: "between_days", value: [first, addDays(addMonths(first, 1), -1)] },
                ],
              },
            ],
          },
        })
      }
    >
      Make a segment of the unpaid
    </Button>
  );
}
