import { describe, expect, test } from "vitest";
import type { Condition, Rule } from "@/server/segments/status";
import {
  duplicateNode,
  idAt,
  moveNode,
  removeNode,
  ruleOf,
  setCondition,
  stepNode,
  treeOf,
  wrapNode,
} from "./rule-tree";

const is = (value: string): Condition => ({ on: "customer", field: "city", op: "is", value });
const rule: Rule = {
  match: "all",
  of: [is("a"), { match: "any", of: [is("b"), is("c")] }, is("d")],
};
/** "a [b c] d" */
const drawn = (tree: ReturnType<typeof treeOf>): string => {
  const draw = (group: Rule): string =>
    group.of
      .map((node) =>
        "match" in node ? `[${draw(node)}]` : node.on === "customer" ? String(node.value) : "?",
      )
      .join(" ");
  return draw(ruleOf(tree));
};

describe("a rule under edit", () => {
  test("goes to a tree and back unchanged", () => {
    expect(ruleOf(treeOf(rule))).toEqual(rule);
  });

  test("a condition moves over groups step by step, in and out, down and up again", () => {
    let tree = treeOf(rule);
    const id = idAt(tree, [0]);
    const seen = [drawn(tree)];
    for (let step = 0; step < 4; step++) {
      tree = stepNode(tree, id, "down");
      seen.push(drawn(tree));
    }
    expect(seen).toEqual(["a [b c] d", "[a b c] d", "[b a c] d", "[b c a] d", "[b c] a d"]);
    for (let step = 0; step < 4; step++) tree = stepNode(tree, id, "up");
    expect(drawn(tree)).toBe("a [b c] d");
    expect(drawn(stepNode(tree, id, "up"))).toBe("a [b c] d");
  });

  test("a group that is emptied goes, by a move as by a removal", () => {
    let tree = treeOf(rule);
    const [b, c, d] = [idAt(tree, [1, 0]), idAt(tree, [1, 1]), idAt(tree, [2])];
    tree = moveNode(tree, b, { groupId: tree.id, place: 0 });
    expect(drawn(tree)).toBe("b a [c] d");
    expect(drawn(removeNode(tree, c))).toBe("b a d");
    expect(drawn(moveNode(tree, c, { groupId: tree.id, place: 4 }))).toBe("b a d c");
    expect(drawn(removeNode(tree, d))).toBe("b a [c]");
  });

  test("a group never goes into itself", () => {
    const tree = wrapNode(treeOf(rule), idAt(treeOf(rule), [1]));
    const group = idAt(tree, [1]);
    expect(moveNode(tree, group, { groupId: group, place: 0 })).toBe(tree);
  });

  test("a node is wrapped, copied and changed in its place", () => {
    const tree = treeOf(rule);
    const c = idAt(tree, [1, 1]);
    expect(drawn(wrapNode(tree, c))).toBe("a [b [c]] d");
    expect(drawn(duplicateNode(tree, idAt(tree, [1])))).toBe("a [b c] [b c] d");
    expect(drawn(setCondition(tree, c, is("x")))).toBe("a [b x] d");
  });
});
