import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeBrowser } from "./describe-browser";
import { parseIdentifier } from "./identifier";
import { isPublicPath, newPassword, safeReturnPath } from "./schemas";

describe("the page to return to after sign-in", () => {
  test.each(["/campaigns", "/campaigns/1?tab=content#top", "/t-shirts", "/sign-ins"])("keeps %s", (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  test.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "/a\nb",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "/api/auth/signout",
    "/x/../api/trpc",
    "",
    null,
  ])("refuses %j", (path) => {
    expect(safeReturnPath(path)).toBe("/");
  });

  test("never leaves this origin, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const asked of [text, `/${text}`, `//${text}`])
          expect(new URL(safeReturnPath(asked), "https://ours.test").origin).toBe("https://ours.test");
      }),
    );
  });
});

test("people sign in with an address or a number, in any spelling", () => {
  expect(parseIdentifier("  Asha@Example.COM ")).toEqual({ kind: "email", value: "asha@example.com" });
  for (const spelling of ["98765 43210", "098765-43210", "+91 98765 43210", "(+91) 9876543210"])
    expect(parseIdentifier(spelling), spelling).toEqual({ kind: "phone", value: "+919876543210" });
  expect(parseIdentifier("+1 202 555 0143")).toEqual({ kind: "phone", value: "+12025550143" });
  for (const nonsense of ["", "asha", "asha@", "@example.com", "12", "a b@example.com"])
    expect(parseIdentifier(nonsense), nonsense).toBeNull();
});

test("a chosen password is long, varied and not on the lists", () => {
  expect(newPassword.safeParse("three blue kites").success).toBe(true);
  for (const weak of ["short", "aaaaaaaaaaaa", "Password123", "1234567890", "x".repeat(201)])
    expect(newPassword.safeParse(weak).success, weak).toBe(false);
});

test("only the doors of strangers are open without a session", () => {
  for (const open of [
    "/sign-in",
    "/invitation/abc",
    "/t/o/x.gif",
    "/unsubscribe/x",
    "/api/trpc/a",
    "/healthz",
  ])
    expect(isPublicPath(open), open).toBe(true);
  for (const closed of ["/", "/campaigns", "/settings/team", "/sign-instead", "/tx", "/apis"])
    expect(isPublicPath(closed), closed).toBe(false);
});

test("a session names the browser as its owner would", () => {
  const chrome =
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";
  expect(describeBrowser(chrome)).toBe("Chrome on Android");
  expect(describeBrowser(`${chrome} Edg/126.0`)).toBe("Edge on Android");
  expect(describeBrowser(null)).toBe("Unknown browser");
});
