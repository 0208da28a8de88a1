"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, UserRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toaster";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

// The list with its search comes when somebody opens it.
const OptionList = dynamic(() => import("@/components/ui/option-list").then((part) => part.OptionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

type AssignMenuProps = {
  responseIds: readonly string[];
  /** Who has it now, where it is one; absent for many. */
  current?: string | null;
  onDone?: () => void;
};

/** Gives responses to a colleague, or back to nobody. */
export function AssignMenu({ responseIds, current, onDone }: AssignMenuProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data: people = [] } = useQuery(trpc.responses.assignees.queryOptions());
  const { mutate, isPending } = useMutation(
    trpc.responses.assign.mutationOptions({
      onSuccess: async ({ changed }, { assigneeId }) => {
        await queryClient.invalidateQueries(trpc.responses.pathFilter());
        const name = people.find(({ id }) => id === assigneeId)?.name ?? "nobody";
        toast.success(
          changed === 1 ? `It is with ${name} now` : `${formatCount(changed)} are with ${name} now`,
        );
        onDone?.();
      },
      onError: (error) => toast.error("It was not assigned", { description: error.message }),
    }),
  );
  const choose = (id: string) => {
    setOpen(false);
    mutate({ responseIds: [...responseIds], assigneeId: id === "" ? null : id });
  };
  return (
    <Popover
      label="Find a colleague"
      open={open}
      onOpenChange={setOpen}
      className="w-64 p-0"
      trigger={
        <Button size="sm" loading={isPending} icon={<UserRound aria-hidden />}>
          {current ? "Give to another" : "Assign"}
        </Button>
      }
    >
      <OptionList
        label="Find a colleague"
        options={[
          ...people.map(({ id, name }) => ({ value: id, label: name })),
          ...(current === null ? [] : [{ value: "", label: "Nobody" }]),
        ]}
        onChoose={choose}
        mark={({ value }) => value === current && <Check aria-label="Now" className="text-accent-ink" />}
      />
    </Popover>
  );
}
