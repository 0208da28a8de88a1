import { Check, CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { Draft } from "./use-draft";

/** One quiet word on whether what is on screen is saved. */
export function SaveNote({ draft: { state, flush } }: { draft: Draft }) {
  return (
    <span aria-live="polite" className="flex items-center gap-1.5 text-muted text-sm">
      {state.phase === "saved" && (
        <>
          <Check aria-hidden className="size-4 text-good max-sm:hidden" />
          Saved
        </>
      )}
      {(state.phase === "waiting" || state.phase === "saving") && (
        <>
          <Spinner />
          Saving
        </>
      )}
      {(state.phase === "failed" || state.phase === "stale") && (
        <>
          <CircleAlert aria-hidden className="size-4 text-danger" />
          Not saved
        </>
      )}
      {state.phase === "failed" && (
        <Button size="sm" onClick={() => void flush()}>
          Try again
        </Button>
      )}
    </span>
  );
}

/** What stands in the way of saving, with the ways out. */
export function SaveProblem({ draft }: { draft: Draft }) {
  const { state } = draft;
  if (state.phase === "failed")
    return (
      <Notice tone="danger" title="The last change is not saved">
        {state.message} What you typed is still here.
      </Notice>
    );
  if (state.phase !== "stale") return null;
  return (
    <Notice
      tone="attention"
      title="Somebody else saved this campaign"
      action={
        <span className="flex flex-wrap justify-end gap-2">
          <Button size="sm" onClick={() => void draft.loadTheirs()}>
            Load their version
          </Button>
          <Button size="sm" onClick={() => void draft.keepMine(state.version)}>
            Save mine over it
          </Button>
        </span>
      }
    >
      Nothing more is saved until you choose. Loading theirs drops what you changed since your last save.
    </Notice>
  );
}
