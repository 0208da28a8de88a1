/** What a clock measures (`sla.md`). `promise` runs only for a scheduled slot. */
export const metrics = ["first_attempt", "first_contact", "resolution", "promise"] as const;
export type Metric = (typeof metrics)[number];
