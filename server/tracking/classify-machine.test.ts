import { describe, expect, test } from "vitest";
import { classifyHistory, classifyVisit, clickBursts, machineRules, type Visit } from "./classify-machine";

const person: Visit = {
  method: "GET",
  userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
  purpose: "",
  addressHash: "a",
};
const agent = (userAgent: string): Visit => ({ ...person, userAgent });

describe("a request is a machine's", () => {
  test.each([
    ["head_request", { ...person, method: "HEAD" }],
    ["prefetch", { ...person, purpose: "prefetch;prerender" }],
    ["no_user_agent", agent("")],
    ["apple_mail_privacy", agent("Mozilla/5.0")],
    [
      "gmail_prefetch",
      agent("Mozilla/5.0 (X11; Linux x86_64) Chrome/42.0 Safari/537.36 Edge/12.246 Mozilla/5.0"),
    ],
    ["security_scanner", agent("Mozilla/5.0 BarracudaCentral")],
    ["link_preview", agent("WhatsApp/2.23.20.0 A")],
    ["robot", agent("Mozilla/5.0 (compatible; Googlebot/2.1)")],
    ["program", agent("python-requests/2.32")],
  ])("by %s", (rule, visit) => {
    expect(classifyVisit("opened", visit)).toBe(rule);
    expect(machineRules.map((known) => known.name)).toContain(rule);
  });
});

describe("a request is a person's", () => {
  test.each([
    ["a phone's mail program", person],
    [
      "Gmail's proxy, which fetches when the reader looks",
      agent("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"),
    ],
    [
      "Yahoo's proxy, likewise",
      agent("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"),
    ],
    [
      "a phone made by Cubot",
      agent("Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 40) AppleWebKit/537.36 Mobile"),
    ],
  ])("%s", (_name, visit) => {
    expect(classifyVisit("opened", visit)).toBeNull();
    expect(classifyVisit("clicked", visit)).toBeNull();
  });

  test("Apple's bare agent on a click, which its image proxy never makes", () => {
    expect(classifyVisit("clicked", agent("Mozilla/5.0"))).toBeNull();
  });
});

const at = (seconds: number, link: number) => ({ link, occurredAt: new Date(seconds * 1_000) });

test("a burst is two links within a second or three within five, never one link twice", () => {
  expect(clickBursts([at(0, 0), at(0.9, 1)])).toEqual(new Set([0, 1]));
  expect(clickBursts([at(0, 0), at(0.2, 0)])).toEqual(new Set());
  expect(clickBursts([at(0, 0), at(3, 1)])).toEqual(new Set());
  expect(clickBursts([at(4.8, 2), at(0, 0), at(2.5, 1), at(60, 1)])).toEqual(new Set([0, 1, 2]));
});

test("in a history a burst takes its clicks only", () => {
  const event = (kind: "opened" | "clicked", seconds: number, link: number | null) => ({
    kind,
    visit: person,
    link,
    occurredAt: new Date(seconds * 1_000),
  });
  expect(
    classifyHistory([
      event("opened", 0, null),
      event("clicked", 1, 0),
      event("clicked", 1.5, 1),
      event("clicked", 90, 0),
    ]),
  ).toEqual([null, "click_burst", "click_burst", null]);
});
