import { describe, expect, it } from "vitest";
import { activeHref, navigation, navigationFor } from "./navigation";
import { settingsNavigation } from "./settings-navigation";

describe("navigation", () => {
  it("marks the most exact screen, and its parts", () => {
    expect(activeHref(navigation, "/customers")).toBe("/customers");
    expect(activeHref(navigation, "/customers/0198")).toBe("/customers");
    expect(activeHref(navigation, "/customers/imports/0198")).toBe("/customers/imports");
    expect(activeHref(navigation, "/customersx")).toBeUndefined();
  });

  it("shows each role the screens that its server side opens to it, and no others", () => {
    const paths = (...roles: Parameters<typeof navigationFor>[1]) =>
      navigationFor(navigation, roles).map(({ href }) => href);
    expect(paths("admin")).toHaveLength(navigation.length);
    expect(paths("advisor")).toEqual([
      "/campaigns",
      "/recommendations",
      "/templates",
      "/customers",
      "/callbacks",
      "/analytics",
      "/settings",
    ]);
    expect(paths("agent", "approver")).toEqual([
      "/campaigns",
      "/templates",
      "/callbacks",
      "/analytics",
      "/settings",
    ]);
  });

  it("shows people and audit log to administrators only", () => {
    const settings = (role: Parameters<typeof navigationFor>[1][number]) =>
      navigationFor(settingsNavigation, [role]).map(({ href }) => href);
    expect(settings("admin")).toEqual(expect.arrayContaining(["/settings/team", "/settings/audit"]));
    for (const href of ["/settings/team", "/settings/audit"])
      expect(settings("marketer")).not.toContain(href);
    expect(settings("agent")).toEqual(["/settings/profile", "/settings/sessions"]);
  });

  it("gives every key to one screen", () => {
    const keys = navigation.flatMap(({ keys: pair }) => pair ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
