import { type SeedOptions, type SeedSummary, seedInsurance } from "./scenarios/insurance";

export type { SeedOptions, SeedSummary } from "./scenarios/insurance";

const scenarios = {
  insurance: seedInsurance,
} satisfies Record<string, (options: SeedOptions) => Promise<SeedSummary>>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

/** Writes a scenario into the migrated database at `options.url` (as its owner); does nothing when it is there. */
export function seedScenario(name: ScenarioName, options: SeedOptions): Promise<SeedSummary> {
  return scenarios[name](options);
}
