"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RailLayout } from "@/components/ui/rail-layout";
import { useShortcuts } from "@/components/ui/shortcuts";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import type { Catalogue } from "@/server/segments/catalogue";
import type { SegmentDetail } from "@/server/segments/get";
import { longest, type Rule, sentenceOf } from "@/server/segments/status";
import { kitOf } from "./kit";
import { LiveCount, SamplePeople } from "./live-count";
import { Membership } from "./membership";
import { RuleBuilder } from "./rule-builder";
import { ruleOf, treeOf } from "./rule-tree";
import { SegmentMenu } from "./segment-menu";
import { useLiveCount } from "./use-live-count";
import { useRuleTree } from "./use-rule-tree";
import { useSaveSegment } from "./use-save-segment";
import { UsedBy } from "./used-by";

type SegmentEditorProps = { segment: SegmentDetail | null; catalogue: Catalogue };

const everybody: Rule = { match: "all", of: [] };

/** A segment under edit: its rule, what the rule means in words, and whom it selects while it is changed. */
export function SegmentEditor({ segment, catalogue }: SegmentEditorProps) {
  const router = useRouter();
  const kit = useMemo(() => kitOf(catalogue, segment), [catalogue, segment]);
  const builder = useRuleTree(segment?.rule ?? everybody, kit);
  const { rule, usable } = builder;
  const [fields, setFields] = useState(() => ({
    name: segment?.name ?? "",
    description: segment?.description ?? "",
    tracked: segment?.tracked ?? false,
  }));
  const live = useLiveCount(rule, usable);
  const save = useSaveSegment(segment);
  const [tried, setTried] = useState(false);
  const created = useRef(false);
  const changed =
    !segment ||
    JSON.stringify([segment.name, segment.description, segment.tracked, ruleOf(treeOf(segment.rule))]) !==
      JSON.stringify([fields.name, fields.description, fields.tracked, rule]);
  const nameError =
    save.nameError ?? (tried && fields.name.trim() === "" ? "Give the segment a name." : null);
  const neededBy = segment?.tracked ? segment.whyTracked : null;
  const submit = async (over?: number) => {
    setTried(true);
    builder.showAll();
    if (!usable || fields.name.trim() === "") return;
    // A count that is under way holds one of the browser's few connections; saving goes first.
    live.stop();
    const saved = await save.submit({ ...fields, rule }, over);
    if (!saved) return;
    if (segment) {
      toast.success("Segment saved");
      router.refresh();
      return;
    }
    created.current = true;
    // Loaded anew: Next 16.4 now and then never shows /segments/[id] after a replace from its sibling /segments/new, though
    // it has fetched it (seen in browser journeys, without an error and for ever).
    window.location.replace(`/segments/${saved.id}`);
  };
  useShortcuts([{ keys: "mod+s", label: "Save the segment", group: "Segment", run: () => void submit() }]);
  useAskBeforeLeaving(changed && (segment !== null || rule.of.length > 0), created);
  return (
    <>
      <PageHeader
        title={segment ? fields.name || "Segment without a name" : "New segment"}
        status={segment?.archived && <Badge>Archived</Badge>}
        back={{ href: "/segments", label: "Segments" }}
        actions={
          <>
            {segment && (
              <SegmentMenu id={segment.id} name={segment.name} archived={segment.archived} onItsPage />
            )}
            <Button
              variant="primary"
              loading={save.pending}
              disabled={!changed}
              onClick={() => void submit()}
            >
              {segment ? "Save" : "Create segment"}
            </Button>
          </>
        }
      />
      <RailLayout
        label="Who is in it"
        rail={
          <>
            <LiveCount live={live} usable={usable} />
            <SamplePeople people={live.people} stale={live.stale || !usable} />
            {segment?.membership && <Membership of={segment.membership} />}
            {segment && <UsedBy uses={segment.usedBy} />}
          </>
        }
      >
        {save.problem && (
          <Notice
            tone="danger"
            title="It was not saved"
            action={
              save.theirs !== null && (
                <Button size="sm" onClick={() => void submit(save.theirs ?? undefined)}>
                  Save mine over it
                </Button>
              )
            }
          >
            {save.problem}
          </Notice>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={nameError}>
            <Input
              value={fields.name}
              maxLength={longest.name}
              onChange={(event) => {
                save.forget();
                setFields({ ...fields, name: event.target.value });
              }}
            />
          </Field>
          <Field label="What it is for" optional>
            <Textarea
              rows={1}
              value={fields.description}
              maxLength={longest.description}
              onChange={(event) => setFields({ ...fields, description: event.target.value })}
            />
          </Field>
        </div>
        <RuleBuilder kit={kit} rule={builder} />
        <p aria-live="polite" className="rounded-md bg-subtle px-3 py-2 text-muted">
          {usable
            ? sentenceOf(rule, kit.names)
            : "Once its conditions are finished, the rule is read back here."}
        </p>
        <Switch
          label="Remember who comes and goes"
          description={
            neededBy ??
            "For triggers and hold-outs: membership is stored, and everybody who enters or leaves is written down. Counting and sending do not need it."
          }
          disabled={neededBy !== null}
          checked={fields.tracked}
          onCheckedChange={(tracked) => setFields({ ...fields, tracked })}
        />
      </RailLayout>
    </>
  );
}

/** A closing tab asks while something is not saved. What was `created` since the last look is saved. */
function useAskBeforeLeaving(unsaved: boolean, created: { readonly current: boolean }) {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!created.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved, created]);
}
