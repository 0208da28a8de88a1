import type { Utm } from "@/server/campaigns/content";

/** The address with the parameters that it does not have yet; an empty value adds nothing. */
export function withUtm(address: string, utm: Utm | null): string {
  if (!utm) return address;
  const url = new URL(address);
  for (const [name, value] of Object.entries(utm))
    if (value !== "" && !url.searchParams.has(`utm_${name}`)) url.searchParams.set(`utm_${name}`, value);
  return url.href;
}
