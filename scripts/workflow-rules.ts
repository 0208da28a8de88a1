/** The portable subset of Inngest as rules over the syntax of a file; `lint-workflows.ts` runs them. */
import ts from "typescript";
import { isPortable } from "@/server/engine/portable";

type Finding = { file: string; line: number; sentence: string };

const forbiddenSteps = new Set(["waitForSignal", "sendSignal", "fetch", "ai", "realtime"]);
const forbiddenImports = ["inngest/connect", "inngest/realtime", "inngest/experimental"];
const idFirst = new Set(["run", "sleep", "sleepUntil", "waitForEvent", "invoke", "sendEvent"]);
const maxSteps = 200;

const textOf = (node: ts.Node | undefined): string | null =>
  node && ts.isStringLiteralLike(node) ? node.text : null;

const isStep = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === "step";

/** What a file does against the portable subset. */
export function findings(file: string, source: string): Finding[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Finding[] = [];
  let steps = 0;
  const report = (node: ts.Node, sentence: string): void => {
    found.push({ file, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, sentence });
  };

  function expression(node: ts.PropertyAssignment, place: string): void {
    const text = textOf(node.initializer);
    const opaque = `The rule "${place}" is not a literal, so it cannot be checked.`;
    const sentence = text === null ? opaque : isPortable(text, place === "if");
    if (sentence) report(node, sentence);
  }

  function options(node: ts.ObjectLiteralExpression): void {
    const names = new Set(node.properties.map((property) => property.name?.getText(tree)));
    if (names.has("batchEvents") && names.has("cancelOn")) {
      report(node, "A function that batches events cannot have cancelOn.");
    }
    const visit = (child: ts.Node): void => {
      if (ts.isFunctionLike(child)) return;
      if (ts.isPropertyAssignment(child)) {
        const name = child.name.getText(tree);
        if (["if", "key", "idempotency"].includes(name)) expression(child, name);
        if (
          name === "cron" &&
          textOf(child.initializer)
            ?.replace(/^TZ=\S+\s+/, "")
            .split(/\s+/).length !== 5
        ) {
          report(child, "A schedule has 5 fields, after an optional TZ=Zone.");
        }
      }
      ts.forEachChild(child, visit);
    };
    ts.forEachChild(node, visit);
  }

  function call(node: ts.CallExpression): void {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee)) return;
    const name = callee.name.text;
    const [first, second] = node.arguments;
    if (name === "createFunction" && first && ts.isObjectLiteralExpression(first)) options(first);
    if (
      ["race", "any"].includes(name) &&
      callee.expression.getText(tree) === "Promise" &&
      !insideParallel(node)
    ) {
      report(
        node,
        `Promise.${name} waits for the losers too: use one waitForEvent with a timeout, or group.parallel.`,
      );
    }
    if (!isStep(callee.expression)) return;
    steps++;
    if (forbiddenSteps.has(name)) report(node, `step.${name} is not executed by the embedded engine.`);
    if (!idFirst.has(name)) return;
    const literal =
      textOf(first) !== null ||
      (first && (ts.isTemplateExpression(first) || ts.isObjectLiteralExpression(first)));
    if (!literal) report(node, `The id of step.${name} is not a literal, or a template with the loop's key.`);
    if (name === "waitForEvent" && second && ts.isObjectLiteralExpression(second)) options(second);
  }

  function insideParallel(node: ts.Node): boolean {
    for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
      if (ts.isCallExpression(at) && /group\.parallel$/.test(at.expression.getText(tree))) return true;
    }
    return false;
  }

  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const from = textOf(node.moduleSpecifier) ?? "";
      if (forbiddenImports.includes(from)) report(node, `${from} is not served by the embedded engine.`);
    }
    if (ts.isCallExpression(node)) call(node);
    if (ts.isElementAccessExpression(node) && isStep(node.expression))
      report(node, "Name the step tool: step[…] cannot be checked.");
    ts.forEachChild(node, walk);
  };
  walk(tree);
  if (steps > maxSteps) report(tree, `The file writes ${steps} steps; a run may have ${maxSteps}.`);
  return found;
}
