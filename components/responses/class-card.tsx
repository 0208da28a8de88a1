"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { Corrected } from "@/server/responses/correct";
import type { ResponseDetail } from "@/server/responses/get";
import {
  classEffects,
  type ResponseClass,
  responseClasses,
  responseClassLabels,
} from "@/server/responses/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { ClassBadge } from "./class-badge";
import { classIcons } from "./class-icons";

type ClassCardProps = { response: ResponseDetail; zone: string; mayCorrect: boolean };

/** The class with its reason, who corrected it, and the way to correct it. */
export function ClassCard({ response, zone, mayCorrect }: ClassCardProps) {
  const [to, setTo] = useState<ResponseClass | null>(null);
  const { corrections, because, found } = response;
  const first = corrections[0]?.from ?? response.class;
  return (
    <Card
      title="What it was taken for"
      actions={mayCorrect && <Choice now={response.class} choose={setTo} />}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ClassBadge value={response.class} />
        <span className="text-muted text-sm">
          {corrections.length === 0
            ? `By rule: ${because}.`
            : `By a person. The rules said ${word(first)}: ${because}.`}
        </span>
      </p>
      <p className="mt-1.5 text-muted text-sm">{found}</p>
      {corrections.length > 0 && (
        <ol className="mt-3 flex flex-col gap-1 border-line border-t pt-3 text-sm">
          {corrections.map((each) => (
            <li key={each.at} className="flex flex-wrap justify-between gap-x-3">
              <span>
                {each.byName ?? "Somebody who left"}: {word(each.from)} → {word(each.to)}
              </span>
              <span className="text-muted">
                <Time value={each.at} zone={zone} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {to && <CorrectDialog response={response} to={to} onClose={() => setTo(null)} />}
    </Card>
  );
}

const word = (value: ResponseClass): string => responseClassLabels[value].label.toLowerCase();

function Choice({ now, choose }: { now: ResponseClass; choose: (to: ResponseClass) => void }) {
  return (
    <DropdownMenu trigger={<Button size="sm">Correct</Button>}>
      {responseClasses
        .filter((value) => value !== now)
        .map((value) => {
          const Icon = classIcons[value];
          return (
            <MenuItem key={value} icon={<Icon aria-hidden />} onSelect={() => choose(value)}>
              {responseClassLabels[value].label}
            </MenuItem>
          );
        })}
    </DropdownMenu>
  );
}

type CorrectDialogProps = { response: ResponseDetail; to: ResponseClass; onClose: () => void };

function CorrectDialog({ response, to, onClose }: CorrectDialogProps) {
  const { responses } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: () => responses.correct.mutate({ responseId: response.id, class: to }),
    onSuccess: async (changed) => {
      await queryClient.invalidateQueries(trpc.responses.pathFilter());
      toast.success(`It is now: ${word(to)}`, { description: whatChanged(changed) || undefined });
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Is it really: ${word(to)}?`}
      description={
        <>
          <p>{classEffects[to]}</p>
          {response.class === "unsubscribe" && (
            <p className="mt-2">
              What this reply withdrew is given back where the customer had allowed it before.
            </p>
          )}
          {response.class === "complaint" && (
            <p className="mt-2">Promotion goes on, unless another complaint of the customer is open.</p>
          )}
          <p className="mt-2">Your name stands beside the correction, and in the audit log.</p>
        </>
      }
      confirmLabel={`Correct to ${word(to)}`}
      onConfirm={() => mutateAsync()}
    />
  );
}

const whatChanged = ({ withdrawn, restored, promotionStopped, promotionGoesOn }: Corrected): string =>
  [
    withdrawn > 0 && "Promotion on this channel is withdrawn.",
    restored > 0 && "What the reply had withdrawn is given back.",
    promotionStopped && "Promotion to this customer has stopped.",
    promotionGoesOn && "Promotion to this customer goes on.",
  ]
    .filter(Boolean)
    .join(" ");
