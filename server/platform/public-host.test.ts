import { afterEach, expect, test } from "vitest";
import { env } from "@/env";
import { isPrivateAddress, PrivateHostError, publicAddressOf } from "./public-host";

afterEach(() => Object.assign(env, { ALLOW_PRIVATE_HOSTS: "0" }));

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "fd00::1",
  "fe80::1",
  "64:ff9b::7f00:1",
])("%s is inside a network of ours", (address) => expect(isPrivateAddress(address)).toBe(true));

test.each(["8.8.8.8", "172.32.0.1", "193.0.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])(
  "%s is public",
  (address) => expect(isPrivateAddress(address)).toBe(false),
);

test("a name that leads inside is refused in words, unless the operator allows it", async () => {
  await expect(publicAddressOf("localhost")).rejects.toThrow(PrivateHostError);
  await expect(publicAddressOf("[::1]")).rejects.toThrow("own network");
  // Other spellings of 127.0.0.1 that resolvers understand.
  for (const host of ["2130706433", "0x7f.1", "127.1"]) await expect(publicAddressOf(host)).rejects.toThrow();
  Object.assign(env, { ALLOW_PRIVATE_HOSTS: "1" });
  expect(await publicAddressOf("127.0.0.1")).toBe("127.0.0.1");
});
