import { hotSql } from "@/db/client";
import { thisOwner } from "@/server/deliveries/owner";
import { evaluateTouched } from "@/server/events";
import { systemContext } from "@/server/platform/context";

// Evaluates touched customers, a batch a line, writing down whom it saw; until nobody is left or it is killed.
const [workspaceId = ""] = process.argv.slice(2);
const evaluators = [
  {
    name: "seen",
    evaluate: async (_: unknown, touched: { customerId: string }[]) => {
      await hotSql()`
        insert into seen (customer_id) select unnest(${touched.map((one) => one.customerId)}::uuid[])
        on conflict (customer_id) do update set times = seen.times + 1`;
    },
  },
];
for (;;) {
  const taken = await evaluateTouched(systemContext(workspaceId), { evaluators, owner: thisOwner, most: 50 });
  process.stdout.write(taken === 0 ? "done\n" : "batch\n");
  if (taken === 0) break;
}
process.exit(0);
