"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLive } from "@/components/shell/live";
import type { CampaignDetail } from "@/server/campaigns/get";
import { type DraftFields, draftFields } from "@/server/campaigns/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { beginHistory, difference, recordEdit, redo, rest, undo } from "./draft-history";
import { errorDetails, errorMessage } from "./error-details";

/** Typing rests this long before it is saved. */
const PAUSE_MS = 700;

export type SaveState =
  | { phase: "saved"; at: Date }
  | { phase: "waiting" }
  | { phase: "saving" }
  /** Not saved; it is tried again with the next change, or by hand. */
  | { phase: "failed"; message: string }
  /** Somebody else saved `version` meanwhile. */
  | { phase: "stale"; version: number };

const fieldsOf = (campaign: CampaignDetail): DraftFields => draftFields.parse(campaign);

/**
 * A draft under edit: changes show at once and are saved when typing rests, when the page is left, and before launch.
 * A save over somebody else's is refused; `loadTheirs` and `keepMine` are the two ways out. Fields with an error wait.
 */
export function useDraft(campaign: CampaignDetail) {
  const { id } = campaign;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [history, setHistory] = useState(() => beginHistory(fieldsOf(campaign)));
  const fields = history.present;
  /** Rises when the document changes other than by typing: editors that keep their own text begin anew. */
  const [epoch, setEpoch] = useState(0);
  const [state, setState] = useState<SaveState>({ phase: "saved", at: campaign.updatedAt });
  const version = useRef(campaign.version);
  const unsaved = useRef<Partial<DraftFields>>({});
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<number>(undefined);

  const saveOnce = useCallback(async () => {
    const changes = savable(unsaved.current);
    if (Object.keys(changes).length === 0) return false;
    for (const field of Object.keys(changes) as (keyof DraftFields)[]) delete unsaved.current[field];
    setState({ phase: "saving" });
    try {
      const saved = await client.campaigns.update.mutate({ id, version: version.current, changes });
      version.current = saved.version;
      setHistory(rest);
      setState({ phase: "saved", at: saved.updatedAt });
      void queryClient.invalidateQueries(trpc.campaigns.preflight.queryFilter({ id }));
      return true;
    } catch (error) {
      unsaved.current = { ...changes, ...unsaved.current };
      const { code, version: theirs } = errorDetails(error);
      if (code === "stale_version" && typeof theirs === "number")
        setState({ phase: "stale", version: theirs });
      else setState({ phase: "failed", message: errorMessage(error) });
      return false;
    }
  }, [client, id, queryClient, trpc]);

  /** Saves until nothing waits, one request at a time. True when the server holds what is on screen. */
  const flush = useCallback(async () => {
    window.clearTimeout(timer.current);
    running.current ??= (async () => {
      while (await saveOnce());
      running.current = null;
    })();
    await running.current;
    return Object.keys(unsaved.current).length === 0;
  }, [saveOnce]);

  const toSave = useCallback(
    (patch: Partial<DraftFields>) => {
      Object.assign(unsaved.current, patch);
      setState((before) => (before.phase === "stale" ? before : { phase: "waiting" }));
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush],
  );
  const change = useCallback(
    (patch: Partial<DraftFields>) => {
      setHistory((before) => recordEdit(before, patch));
      toSave(patch);
    },
    [toSave],
  );
  const step = (move: typeof undo<DraftFields>) => {
    const next = move(history);
    if (next === history) return;
    setHistory(next);
    setEpoch((before) => before + 1);
    toSave(difference(history.present, next.present));
  };

  const theirs = useTheirs(campaign);
  const stored = theirs.data.version;
  useEffect(() => {
    // While a save of our own runs, its answer decides.
    if (stored > version.current && running.current === null) setState({ phase: "stale", version: stored });
  }, [stored]);
  useLeaving(flush, unsaved);

  const loadTheirs = async () => {
    const { data } = await theirs.refetch();
    if (!data) return;
    unsaved.current = {};
    version.current = data.version;
    setHistory(beginHistory(fieldsOf(data)));
    setEpoch((before) => before + 1);
    setState({ phase: "saved", at: data.updatedAt });
  };
  const keepMine = (over: number) => {
    version.current = over;
    unsaved.current = { ...fields };
    return flush();
  };
  const errors = useMemo(() => errorsOf(fields), [fields]);
  return {
    ...{ fields, errors, state, version, stored: theirs.data, epoch },
    ...{ change, flush, loadTheirs, keepMine },
    undo: history.past.length > 0 ? () => step(undo) : null,
    redo: history.future.length > 0 ? () => step(redo) : null,
  };
}
export type Draft = ReturnType<typeof useDraft>;

/** The campaign as it is stored; a draft that was launched or deleted elsewhere is left for its own page. */
function useTheirs(campaign: CampaignDetail) {
  const trpc = useTRPC();
  const router = useRouter();
  const { id } = campaign;
  const stored = useQuery(trpc.campaigns.get.queryOptions({ id }, { initialData: campaign }));
  useLive([`campaign:${id}`], trpc.campaigns.get.queryFilter({ id }));
  useLive([`campaign:${id}`, "customers"], trpc.campaigns.preflight.queryFilter({ id }));
  const { status } = stored.data;
  useEffect(() => {
    if (status !== "draft") router.replace(`/campaigns/${id}`);
  }, [status, id, router]);
  return stored;
}

/** Saves when the page is hidden or left; a closing tab asks while something is not saved. */
function useLeaving(flush: () => Promise<boolean>, unsaved: React.RefObject<Partial<DraftFields>>) {
  useEffect(() => {
    const hide = () => {
      if (document.hidden) void flush();
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (Object.keys(unsaved.current).length === 0) return;
      void flush();
      event.preventDefault();
    };
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("beforeunload", ask);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("beforeunload", ask);
      void flush();
    };
  }, [flush, unsaved]);
}

/** Errors by the path of the field: `name`, `bodies.email.en.subject`. */
function errorsOf(fields: Partial<DraftFields>): Record<string, string | undefined> {
  const result = draftFields.partial().safeParse(fields);
  const issues = result.success ? [] : result.error.issues;
  return Object.fromEntries(issues.map(({ path, message }) => [path.join("."), message]));
}

function savable(changes: Partial<DraftFields>): Partial<DraftFields> {
  const wrong = new Set(Object.keys(errorsOf(changes)).map((path) => path.split(".")[0]));
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !wrong.has(field)));
}
