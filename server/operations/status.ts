/** The processes and parts that Ringback is made of, in the order in which one leans on the next. */
export const parts = ["database", "migrations", "engine", "worker", "relay", "web", "intake"] as const;
export type Part = (typeof parts)[number];

export const partLabels: Record<Part, string> = {
  database: "Database",
  migrations: "Migrations",
  engine: "Workflow engine",
  worker: "Worker",
  relay: "Event relay",
  web: "Web",
  intake: "Event intake",
};

/** Processes that write down that they live. */
export type BeatingProcess = "worker" | "relay" | "web" | "intake";

/** A process beats every 5 s; one that is silent for so long is not working (seconds). */
export const SILENT_AFTER_SECONDS = 30;

export type Finding = {
  /** `attention`: work is slower or at risk. `danger`: something stands still. */
  level: "attention" | "danger";
  /** What is wrong, as a sentence. */
  title: string;
  /** What to do about it. */
  advice: string;
  /** Where it is mended, if that is a screen. */
  href?: string;
};
