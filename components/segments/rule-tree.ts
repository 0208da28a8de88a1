import {
  type Condition,
  type Group,
  isGroup,
  type Match,
  type Rule,
  type RuleNode,
} from "@/server/segments/status";

/** A rule under edit: the same nodes, each with a name that it keeps while it is moved. */
export type TreeGroup = { id: string; match: Match; of: TreeNode[] };
export type TreeCondition = { id: string; condition: Condition };
export type TreeNode = TreeGroup | TreeCondition;

export const isTreeGroup = (node: TreeNode): node is TreeGroup => "match" in node;

let made = 0;
const newId = (): string => `n${++made}`;

export const conditionNode = (condition: Condition): TreeCondition => ({ id: newId(), condition });
export const groupNode = (match: Match, of: TreeNode[] = []): TreeGroup => ({ id: newId(), match, of });

const nodeOf = (node: RuleNode): TreeNode => (isGroup(node) ? treeOf(node) : conditionNode(node));
export const treeOf = (rule: Rule): TreeGroup => groupNode(rule.match, rule.of.map(nodeOf));

export const ruleOf = ({ match, of }: TreeGroup): Group => ({
  match,
  of: of.map((node) => (isTreeGroup(node) ? ruleOf(node) : node.condition)),
});

/** The node at a path of places, as problems give it. */
export function idAt(tree: TreeGroup, path: readonly number[]): string {
  let at: TreeNode = tree;
  for (const place of path) {
    const next: TreeNode | undefined = isTreeGroup(at) ? at.of[place] : undefined;
    if (!next) break;
    at = next;
  }
  return at.id;
}

export function findNode(tree: TreeNode, id: string): TreeNode | null {
  if (tree.id === id) return tree;
  if (!isTreeGroup(tree)) return null;
  for (const child of tree.of) {
    const found = findNode(child, id);
    if (found) return found;
  }
  return null;
}

/** The group that holds a node, and the node's place in it. */
export function parentOf(tree: TreeGroup, id: string): { group: TreeGroup; place: number } | null {
  const place = tree.of.findIndex((child) => child.id === id);
  if (place !== -1) return { group: tree, place };
  for (const child of tree.of) {
    const found = isTreeGroup(child) ? parentOf(child, id) : null;
    if (found) return found;
  }
  return null;
}

/** The same tree with one group changed. */
function inGroup(tree: TreeGroup, id: string, change: (group: TreeGroup) => TreeGroup): TreeGroup {
  if (tree.id === id) return change(tree);
  return { ...tree, of: tree.of.map((child) => (isTreeGroup(child) ? inGroup(child, id, change) : child)) };
}

export const setMatch = (tree: TreeGroup, id: string, match: Match): TreeGroup =>
  inGroup(tree, id, (group) => ({ ...group, match }));

/** Puts a node into a group, at a place or at its end. */
export const insertNode = (tree: TreeGroup, groupId: string, node: TreeNode, place?: number): TreeGroup =>
  inGroup(tree, groupId, (group) => ({
    ...group,
    of: group.of.toSpliced(place ?? group.of.length, 0, node),
  }));

/** Takes a node out; a group that is left empty by it goes, too. */
export function removeNode(tree: TreeGroup, id: string): TreeGroup {
  const of = tree.of.flatMap((child): TreeNode[] => {
    if (child.id === id) return [];
    if (!isTreeGroup(child)) return [child];
    const next = removeNode(child, id);
    return next.of.length === 0 && child.of.length > 0 ? [] : [next];
  });
  return { ...tree, of };
}

export const setCondition = (tree: TreeGroup, id: string, condition: Condition): TreeGroup => ({
  ...tree,
  of: tree.of.map((child) => {
    if (isTreeGroup(child)) return setCondition(child, id, condition);
    return child.id === id ? { id, condition } : child;
  }),
});

/** A copy right below the original. */
export function duplicateNode(tree: TreeGroup, id: string): TreeGroup {
  const [node, parent] = [findNode(tree, id), parentOf(tree, id)];
  if (!node || !parent) return tree;
  const copy = isTreeGroup(node) ? treeOf(ruleOf(node)) : conditionNode(node.condition);
  return insertNode(tree, parent.group.id, copy, parent.place + 1);
}

/** Puts a group around a node. */
export function wrapNode(tree: TreeGroup, id: string): TreeGroup {
  const [node, parent] = [findNode(tree, id), parentOf(tree, id)];
  if (!node || !parent) return tree;
  const match = parent.group.match === "any" ? "all" : "any";
  return inGroup(tree, parent.group.id, (group) => ({
    ...group,
    of: group.of.with(parent.place, groupNode(match, [node])),
  }));
}

/** Takes a node to another group, or to another place in its own. A group never goes into itself. */
export function moveNode(tree: TreeGroup, id: string, to: { groupId: string; place: number }): TreeGroup {
  const [node, from] = [findNode(tree, id), parentOf(tree, id)];
  if (!node || !from || findNode(node, to.groupId)) return tree;
  const place = from.group.id === to.groupId && from.place < to.place ? to.place - 1 : to.place;
  const marked = insertNode(removeKeeping(tree, id), to.groupId, node, place);
  return dropEmptied(marked, from.group.id);
}

const removeKeeping = (tree: TreeGroup, id: string): TreeGroup => ({
  ...tree,
  of: tree.of.flatMap((child) => {
    if (child.id === id) return [];
    return [isTreeGroup(child) ? removeKeeping(child, id) : child];
  }),
});

/** A group that the last node was taken from goes. */
function dropEmptied(tree: TreeGroup, id: string): TreeGroup {
  const group = findNode(tree, id);
  return tree.id !== id && group && isTreeGroup(group) && group.of.length === 0 ? removeNode(tree, id) : tree;
}

export type Step = "up" | "down";

/** One place up or down as it stands on screen: into a group that is met, out of one at its end. */
export function stepNode(tree: TreeGroup, id: string, step: Step): TreeGroup {
  const parent = parentOf(tree, id);
  if (!parent) return tree;
  const { group, place } = parent;
  const neighbour = group.of[step === "up" ? place - 1 : place + 1];
  if (neighbour && isTreeGroup(neighbour))
    return moveNode(tree, id, { groupId: neighbour.id, place: step === "up" ? neighbour.of.length : 0 });
  if (neighbour)
    return moveNode(tree, id, { groupId: group.id, place: step === "up" ? place - 1 : place + 2 });
  const outer = parentOf(tree, group.id);
  if (!outer) return tree;
  return moveNode(tree, id, {
    groupId: outer.group.id,
    place: step === "up" ? outer.place : outer.place + 1,
  });
}

/** How many groups stand around a node. */
export function depthOf(tree: TreeGroup, id: string): number {
  const parent = parentOf(tree, id);
  return parent ? depthOf(tree, parent.group.id) + 1 : 0;
}
