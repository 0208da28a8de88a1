import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test.each(["https://ringback.example", "https://ringback.example/", "https://ringback.example//"])(
  "the address %s has no slash at its end: what is signed and linked goes on with one",
  async (address) => {
    vi.stubEnv("RINGBACK_URL", address);
    vi.resetModules();
    const { env } = await import("@/env");
    expect(env.RINGBACK_URL).toBe("https://ringback.example");
  },
);
