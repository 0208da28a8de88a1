import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Preflight } from "@/server/campaigns/preflight";
import { formatCount } from "@/server/platform/format";

const kinds = [
  {
    value: "now",
    label: "Send now",
    description: "Sending begins when you press Launch. You can pause or cancel it at any time.",
  },
] as const;

/** When it is sent. */
export function ScheduleTab({ preflight: { reachable } }: { preflight: Preflight }) {
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <Field label="When">
        <RadioGroup cards options={kinds} value="now" />
      </Field>
      <p className="text-muted">
        {reachable === 0
          ? "As it stands, nobody would get it."
          : `As it stands, ${formatCount(reachable)} ${reachable === 1 ? "customer gets" : "customers get"} it. The audience is fixed at the moment of launch; who joins later is not in it.`}
      </p>
    </div>
  );
}
