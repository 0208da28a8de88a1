import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { env } from "@/env";

/** Addresses that belong to this machine, its network or nobody (IANA special-purpose registries). */
const ours = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  ours.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  ours.addSubnet(net, prefix, "ipv6");

/** Whether an IP address lies outside the public internet. An IPv4 address inside an IPv6 one counts as itself. */
export const isPrivateAddress = (address: string): boolean =>
  ours.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** A host of somebody's choice that leads into our own network. The message is a sentence for that person. */
export class PrivateHostError extends Error {
  readonly code = "EPRIVATE";
  constructor(host: string) {
    super(
      `${host} is inside this installation’s own network, where workspaces may not connect. Use the provider’s public name; the operator can allow it with ALLOW_PRIVATE_HOSTS=1.`,
    );
  }
}

/**
 * The address of a host that somebody named in a form: connect to it, and not to the name, which may lead elsewhere a moment
 * later. Without this, whoever may set up an account could talk to the servers behind our firewall.
 * @throws PrivateHostError unless ALLOW_PRIVATE_HOSTS is 1; the resolver's error for an unknown name
 */
export async function publicAddressOf(host: string): Promise<string> {
  const found = await lookup(host.replace(/^\[|\]$/g, ""), { all: true });
  if (env.ALLOW_PRIVATE_HOSTS !== "1" && found.some(({ address }) => isPrivateAddress(address)))
    throw new PrivateHostError(host);
  return found[0]?.address ?? host;
}
