import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { framedDocument, frameSandbox, MessageFrame } from "./message-frame";

const hostile = `<!DOCTYPE html><html><head><base href="https://evil.test/"></head><body>
<script>parent.document.title = "owned"</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">a</a>
<form action="https://evil.test"></form><iframe src="https://evil.test"></iframe></body></html>`;

test("a message cannot run script, send a form or move the page: the frame does not allow it", () => {
  const allowed = frameSandbox.split(" ");
  for (const power of [
    "allow-scripts",
    "allow-forms",
    "allow-top-navigation",
    "allow-top-navigation-by-user-activation",
    "allow-modals",
  ])
    expect(allowed).not.toContain(power);
  const markup = renderToStaticMarkup(
    <MessageFrame subject="Hostile" html={hostile} theme="light" onKey={() => {}} />,
  );
  expect(markup).toContain(`sandbox="${frameSandbox}"`);
  expect(markup).not.toContain("<script");
});

test("the message's own policy stands before anything of the message, and forbids what is not an image or a style", () => {
  const shown = framedDocument(hostile);
  expect(shown.match(/<!doctype/gi)).toHaveLength(1);
  const [, policy = ""] =
    /^<!doctype html><meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(shown) ?? [];
  expect(policy).toContain("default-src 'none'");
  for (const open of ["script-src", "connect-src", "frame-src", "unsafe-eval"])
    expect(policy).not.toContain(open);
  expect(policy).toContain("form-action 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(shown.indexOf("evil.test")).toBeGreaterThan(shown.indexOf(policy));
});
