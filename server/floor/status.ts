/** The sets of open requests behind the numbers of the floor. */
export const floorSets = ["waiting", "due_soon", "breached", "in_hand", "later"] as const;
export type FloorSet = (typeof floorSets)[number];

export const floorSetLabels: Record<FloorSet, string> = {
  waiting: "Waiting",
  due_soon: "Due in 15 minutes",
  breached: "Overdue",
  in_hand: "In hand",
  later: "Later",
};

/** The share of first attempts inside their target that a floor aims at (`sla.md`: 80 %). */
export const SERVICE_LEVEL_TARGET = 0.8;

/** Who sees the floor. */
export const floorReaders = ["admin", "supervisor"] as const;
export const mayReadFloor = (role: string): boolean => (floorReaders as readonly string[]).includes(role);

/** What a report has a line for. */
export const reportDimensions = ["day", "agent", "topic", "policy", "campaign"] as const;
export type ReportDimension = (typeof reportDimensions)[number];

/** How each figure is counted, for people (`metrics.md`, Call centre). */
export const formulas = {
  serviceLevel:
    "First attempted within the target ÷ (attempted + expired + cancelled after the target + open past the target)",
  contactLevel:
    "First talked to within the target ÷ (talked to + expired + cancelled after the target + open past the target)",
  asa: "Waits of those who were talked to, from entering to the talk, added and divided by how many they are",
  aht: "(Talk + hold + after-call work) ÷ calls that were answered. Times of calls from the agent’s own phone are the agent’s word",
  abandonment: "Withdrawn by the customer before a talk ÷ requests that entered",
  connectRate: "Answered calls ÷ calls made",
  successRate: "Requests with a talk ÷ requests that were closed",
  resolutionRate: "Closed as resolved ÷ closed",
  fcr: "Resolved at the first talk, with no repeat on the topic in 7 days ÷ resolved",
  onTime: "First call inside the promised time ÷ promised times that have come",
  occupancy: "(Talk + hold + after-call work) ÷ (the same + time available)",
  satisfaction: "Mean of the answers from 1 to 5",
} as const;
