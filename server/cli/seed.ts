import { type ScenarioName, scenarioNames, seedScenario } from "@/db/seed/main";
import { env } from "@/env";

const isScenario = (name: string): name is ScenarioName => (scenarioNames as string[]).includes(name);

/** `seed SCENARIO`: writes a scenario's workspace; says so when it is there already. */
export async function seed([name = ""]: string[]): Promise<number> {
  if (!isScenario(name)) {
    console.error(`There is no scenario "${name}". Choose one: ${scenarioNames.join(", ")}`);
    return 2;
  }
  const { created, rows } = await seedScenario(name, { url: env.DATABASE_URL });
  if (!created) console.log("The workspace of this scenario exists already; nothing was written.");
  else
    for (const [table, count] of Object.entries(rows)) console.log(`${String(count).padStart(8)}  ${table}`);
  return 0;
}
