/** A bench resolves with its figures, recounted from rows. */
type Bench = () => Promise<{ bench: () => Promise<Record<string, number>> }>;

export const benches: Record<string, Bench> = {
  analytics: () => import("./analytics"),
  automation: () => import("./automation"),
  claims: () => import("./claims"),
  engine: () => import("./engine"),
  engagement: () => import("./engagement"),
  freeze: () => import("./freeze"),
  import: () => import("./import"),
  ingest: () => import("./ingest"),
  pacing: () => import("./pacing"),
  segments: () => import("./segments"),
  preflight: () => import("./preflight"),
  sending: () => import("./sending"),
};
