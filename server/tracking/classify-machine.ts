/** What is kept of a request to a pixel or link; enough to judge it again when the rules change. */
export type Visit = {
  method: string;
  userAgent: string;
  /** What the fetch was for, where the client said so: `prefetch`, `preview`, … */
  purpose: string;
  /** Keyed hash of the caller's address; the address itself is never kept. */
  addressHash: string;
};

export type TrackedKind = "opened" | "clicked";

/** A stored open or click, as far as judging needs it. */
export type TrackedEvent = { kind: TrackedKind; visit: Visit; link: number | null; occurredAt: Date };

type MachineRule = {
  name: string;
  /** Left out: the rule holds for opens and clicks. */
  kind?: TrackedKind;
  matches: (visit: Visit) => boolean;
};

const agent = (pattern: RegExp) => (visit: Visit) => pattern.test(visit.userAgent);

/**
 * The rules by which one request is a machine's, first match wins. Proxies that fetch when the reader looks (Gmail's
 * GoogleImageProxy, YahooMailProxy) are the reader. Headless browsers are not told by name: scanners that use one hide it, and
 * are found by `clickBursts`.
 */
export const machineRules: MachineRule[] = [
  { name: "head_request", matches: (visit) => visit.method !== "GET" },
  { name: "prefetch", matches: (visit) => /prefetch|prerender|preview/i.test(visit.purpose) },
  { name: "no_user_agent", matches: (visit) => visit.userAgent.trim() === "" },
  // Apple Mail Privacy Protection loads every image when the mail arrives, and names nothing but this.
  {
    name: "apple_mail_privacy",
    kind: "opened",
    matches: (visit) => visit.userAgent.trim() === "Mozilla/5.0",
  },
  // Gmail's fetch ahead of the reader uses this frozen browser; its fetch for the reader says GoogleImageProxy.
  { name: "gmail_prefetch", matches: agent(/Edge\/12\.246 Mozilla\/5\.0/) },
  {
    name: "security_scanner",
    matches: agent(
      /barracuda|proofpoint|mimecast|safelinks|messagelabs|symantec|sophos|fireeye|trendmicro|forcepoint|ironport|zscaler|virustotal|urlscan|google-safety|bingpreview|microsoft office existence|cloudmark/i,
    ),
  },
  {
    name: "link_preview",
    matches: agent(
      /facebookexternalhit|whatsapp\/|telegrambot|twitterbot|linkedinbot|slack-?(bot|img)|discordbot|skypeuripreview|pinterest|embedly|iframely|google-pagerenderer/i,
    ),
  },
  // Not Cubot, which makes phones.
  { name: "robot", matches: agent(/(?<!cu)bot\b|crawler|spider|slurp|monitor(ing)?\b|uptime/i) },
  {
    name: "program",
    matches: agent(
      /^(curl|wget|python|java|go-http-client|node|axios|ruby|perl|php|libwww|apache-httpclient|winhttp|postmanruntime)\b/i,
    ),
  },
];

/** The name of the rule that makes this request a machine's, or null for a person's. */
export function classifyVisit(kind: TrackedKind, visit: Visit): string | null {
  return machineRules.find((rule) => (!rule.kind || rule.kind === kind) && rule.matches(visit))?.name ?? null;
}

/** So many different links of one message inside so many milliseconds: nobody reads that fast. */
const bursts = [
  { links: 2, withinMs: 1_000 },
  { links: 3, withinMs: 5_000 },
];

/** How far back a click has to be compared with others of its message. */
export const longestBurstMs = Math.max(...bursts.map((burst) => burst.withinMs));

/** The clicks of one execution that belong to a burst over several links, as positions in the given list. */
export function clickBursts(clicks: { link: number | null; occurredAt: Date }[]): Set<number> {
  const found = new Set<number>();
  const ordered = clicks
    .map((click, position) => ({ link: click.link, at: click.occurredAt.getTime(), position }))
    .sort((a, b) => a.at - b.at);
  for (const { links, withinMs } of bursts)
    for (const start of ordered) {
      const near = ordered.filter((click) => click.at >= start.at && click.at <= start.at + withinMs);
      if (new Set(near.map((click) => click.link)).size >= links)
        for (const click of near) found.add(click.position);
    }
  return found;
}

/**
 * Judges all opens and clicks of one execution: for each, the rule that makes it a machine's, or null. An open that a click
 * implies goes with its click, so the caller gives it with the kind `clicked`.
 */
export function classifyHistory(events: TrackedEvent[]): (string | null)[] {
  const clicks = events.flatMap((event, position) =>
    event.kind === "clicked" ? [{ ...event, position }] : [],
  );
  const burst = clickBursts(clicks);
  const inBurst = new Set(clicks.flatMap((click, index) => (burst.has(index) ? [click.position] : [])));
  return events.map(
    (event, position) =>
      classifyVisit(event.kind, event.visit) ?? (inBurst.has(position) ? "click_burst" : null),
  );
}
