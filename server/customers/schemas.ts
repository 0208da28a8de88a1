/** From the most valued to the least. */
export const tiers = ["platinum", "gold", "silver", "bronze"] as const;
export type Tier = (typeof tiers)[number];
