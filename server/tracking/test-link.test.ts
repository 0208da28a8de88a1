import { expect, test } from "vitest";
import { readTestLink, testLink } from "./test-link";

const tokenOf = (address: string) => address.split("/t/l/")[1] ?? "";

test("leads on to its target, whatever stands in it", () => {
  const target = "https://example.com/भुगतान?a=1&b=.#x";
  expect(readTestLink(tokenOf(testLink(target)))).toBe(target);
});

test("nothing else is followed: another target, a cut tag, a tag of another link, no token", () => {
  const [named = "", tag = ""] = tokenOf(testLink("https://example.com/a")).split(".");
  const other = Buffer.from("https://evil.example/").toString("base64url");
  for (const forged of [
    `${other}.${tag}`,
    `${named}.`,
    named,
    "",
    `${named}.${tag.slice(0, -2)}`,
    `${named}.${tag}.x`,
  ])
    expect(readTestLink(forged), forged).toBeNull();
});
