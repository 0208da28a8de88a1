import type { Facts } from "../decide";

/** Facts to which every rule says yes; a test changes what it is about. */
export const openFacts = (given: Partial<Facts> = {}): Facts => ({
  channel: "email",
  purpose: "service",
  sending: { stopped: false, account: { name: "Sandbox inbox", active: true } },
  customerExists: true,
  stopState: null,
  address: "asha@example.test",
  suppressed: null,
  consent: true,
  hasPolicy: true,
  inAudience: null,
  received: null,
  cap: null,
  sameDay: null,
  hours: { closed: false, opensAt: null, words: "no hours apply" },
  budget: null,
  missingTag: null,
  payments: null,
  content: null,
  ...given,
});
