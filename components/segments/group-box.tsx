"use client";

import { FolderPlus } from "lucide-react";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/select";
import { type Match, most } from "@/server/segments/status";
import { useBuilding } from "./building";
import { ConditionBox } from "./condition-box";
import { ConditionPicker } from "./condition-picker";
import { DropPlace } from "./drop-place";
import { NodeHandle } from "./node-handle";
import { NodeMenu } from "./node-menu";
import { Problems } from "./problems";
import { conditionNode, groupNode, insertNode, isTreeGroup, setMatch, type TreeGroup } from "./rule-tree";

const matchOptions: { value: Match; label: string }[] = [
  { value: "all", label: "All of these" },
  { value: "any", label: "Any of these" },
  { value: "none", label: "None of these" },
];
const connectives: Record<Match, string> = { all: "and", any: "or", none: "nor" };

/** A group: what connects its conditions, the conditions, and what can be added to it. */
export function GroupBox({ group, depth }: { group: TreeGroup; depth: number }) {
  const { change, kit, problemsAt, fresh } = useBuilding();
  const { id, match, of } = group;
  const inner = depth > 0;
  const add = (node: TreeGroup | ReturnType<typeof conditionNode>) => {
    fresh.current = node.id;
    change((tree) => insertNode(tree, id, node));
  };
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col rounded-md border bg-surface",
        inner ? "border-line-strong bg-subtle" : "border-line",
      )}
    >
      <div className="flex items-center gap-1.5 p-2">
        {inner && <NodeHandle id={id} label="Group" />}
        <Select
          label="How these belong together"
          options={matchOptions}
          value={match}
          onValueChange={(next) => change((tree) => setMatch(tree, id, next))}
          className="w-auto"
        />
        {inner && <NodeMenu id={id} className="ml-auto" />}
      </div>
      <ul className="flex flex-col px-2">
        {of.map((child, place) => (
          <Fragment key={child.id}>
            <DropPlace groupId={id} place={place} word={place > 0 ? connectives[match] : null} />
            <li>
              {isTreeGroup(child) ? (
                <GroupBox group={child} depth={depth + 1} />
              ) : (
                <ConditionBox node={child} />
              )}
            </li>
          </Fragment>
        ))}
        <DropPlace groupId={id} place={of.length} word={null} />
      </ul>
      {of.length === 0 && !inner && (
        <p className="px-3 pb-1 text-muted">Everybody, as long as there is no condition.</p>
      )}
      <Problems of={problemsAt(id)} className="px-3" />
      <div className="flex flex-wrap items-center gap-1 p-2 pt-1">
        <ConditionPicker
          kit={kit}
          first={of.length === 0}
          onChoose={(condition) => add(conditionNode(condition))}
        />
        {depth < most.depth - 1 && (
          <Button
            size="sm"
            variant="ghost"
            icon={<FolderPlus aria-hidden />}
            onClick={() => add(groupNode(match === "any" ? "all" : "any"))}
          >
            Add a group
          </Button>
        )}
      </div>
    </div>
  );
}
