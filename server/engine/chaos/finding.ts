/** A claim and whether it held. */
export type Finding = { claim: string; ok: boolean; seen: string };
