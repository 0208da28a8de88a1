import { describe, expect, it } from "vitest";
import { activeHref, navigation, navigationFor } from "./navigation";

describe("navigation", () => {
  it("marks the most exact screen, and its parts", () => {
    expect(activeHref(navigation, "/customers")).toBe("/customers");
    expect(activeHref(navigation, "/customers/0198")).toBe("/customers");
    expect(activeHref(navigation, "/customers/imports/0198")).toBe("/customers/imports");
    expect(activeHref(navigation, "/customersx")).toBeUndefined();
  });

  it("shows settings to administrators only", () => {
    const paths = (...roles: Parameters<typeof navigationFor>[1]) =>
      navigationFor(navigation, roles).map(({ href }) => href);
    expect(paths("admin")).toContain("/settings");
    expect(paths("marketer", "approver")).not.toContain("/settings");
  });

  it("gives every key to one screen", () => {
    const keys = navigation.flatMap(({ keys: pair }) => pair ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
