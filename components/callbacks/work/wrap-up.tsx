"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useShortcuts } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { resolutionCategories } from "@/server/callbacks/content";
import { useTRPCClient } from "@/server/trpc/react";
import type { CallPanelProps } from "./call-panel";
import { PromiseTime } from "./promise-time";
import { Running } from "./running";
import { useDraft } from "./use-draft";

type Category = keyof typeof resolutionCategories;
type Draft = { chosen: string | null; notes: string; category?: Category; value: string };
const nothingSaid: Draft = { chosen: null, notes: "", value: "" };

/** After the talk: how it ended, in two keys, with notes, a category and what was sold. */
export function WrapUp(props: CallPanelProps & { attemptId: string; since: string }) {
  const { callback, generation, attemptId, since, onDone, onNext } = props;
  const client = useTRPCClient();
  const { draft, change, forget } = useDraft<Draft>(attemptId, nothingSaid);
  const { chosen, notes, category, value } = draft;
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const disposition = callback.dispositions.find(({ key }) => key === chosen) ?? null;
  const worth = value.trim() === "" ? null : Number(value.replaceAll(",", ""));
  const finish = (goOn: boolean) =>
    start(async () => {
      if (!disposition || disposition.ends === "follow_up") return;
      if (worth !== null && !(worth >= 0)) {
        setProblem("Write the value as a number, like 12500.");
        return;
      }
      try {
        setProblem(null);
        const hold = { callbackId: callback.id, generation };
        if (disposition.ends === "cancelled")
          await client.callbacks.cancel.mutate({ ...hold, reason: "customer_withdrew" });
        else
          await client.callbacks.complete.mutate({
            ...hold,
            disposition: disposition.key,
            resolution: notes,
            resolutionCategory: category ?? null,
            conversionValue: worth,
          });
        forget();
        toast.success(disposition.ends === "cancelled" ? "The request was cancelled" : "Completed");
        await onDone();
        if (goOn) onNext();
      } catch (error) {
        setProblem(
          error instanceof Error ? error.message : "It was not saved. What you typed is still here.",
        );
      }
    });
  useShortcuts(
    callback.dispositions.slice(0, 9).map(({ key, label }, nth) => ({
      keys: String(nth + 1),
      label,
      group: "How it ended",
      run: () => change({ chosen: key }),
    })),
    !pending,
  );
  useShortcuts(
    [
      {
        keys: "mod+Enter",
        label: "Save and take the next one",
        group: "How it ended",
        run: () => finish(true),
      },
    ],
    disposition !== null && !pending,
  );
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-3">
      <p className="flex justify-between gap-3 text-muted text-sm">
        <span>How did it end?</span>
        <span>
          Wrap-up <Running since={since} />
        </span>
      </p>
      <fieldset className="grid grid-cols-2 gap-2" aria-label="How it ended">
        {callback.dispositions.map(({ key, label }, nth) => (
          <button
            key={key}
            type="button"
            aria-pressed={key === chosen}
            className={cn(
              "flex min-h-11 items-center justify-between gap-2 rounded-md border border-line-strong px-2.5 py-1 text-left text-sm transition-colors hover:bg-hover",
              "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink",
            )}
            onClick={() => change({ chosen: key })}
          >
            {label}
            <span className="text-faint text-xs max-md:hidden">{nth + 1}</span>
          </button>
        ))}
      </fieldset>
      {problem && <Notice tone="danger">{problem}</Notice>}
      {disposition?.ends === "follow_up" && <PromiseTime {...props} />}
      {disposition?.ends === "completed" && (
        <>
          <Field label="Notes" optional>
            <Textarea rows={2} value={notes} onChange={(event) => change({ notes: event.target.value })} />
          </Field>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Category" optional>
              <Select
                value={category}
                onValueChange={(next) => change({ category: next })}
                options={(Object.keys(resolutionCategories) as Category[]).map((key) => ({
                  value: key,
                  label: resolutionCategories[key],
                }))}
              />
            </Field>
            <Field label={`Value sold, ${callback.currency}`} optional>
              <Input
                inputMode="decimal"
                value={value}
                onChange={(event) => change({ value: event.target.value })}
              />
            </Field>
          </div>
        </>
      )}
      {disposition && disposition.ends !== "follow_up" && (
        <div className="flex justify-end gap-2 max-md:grid max-md:grid-cols-2">
          <Button className="max-md:h-11" disabled={pending} onClick={() => finish(false)}>
            Save
          </Button>
          <Button className="max-md:h-11" variant="primary" loading={pending} onClick={() => finish(true)}>
            Save and next
          </Button>
        </div>
      )}
    </div>
  );
}
