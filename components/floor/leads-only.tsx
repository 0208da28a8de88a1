import { ForbiddenState } from "@/components/ui/forbidden-state";
import { PageHeader } from "@/components/ui/page-header";

type LeadsOnlyProps = { title: string; administrators: readonly { name: string }[] };

const anyOf = new Intl.ListFormat("en-IN", { type: "disjunction" });

/** Instead of a screen for supervisors: says who can change that. */
export function LeadsOnly({ title, administrators }: LeadsOnlyProps) {
  return (
    <>
      <PageHeader title={title} />
      <ForbiddenState
        title="This screen is for supervisors and administrators"
        who={`Ask ${anyOf.format(administrators.map(({ name }) => name))}.`}
      />
    </>
  );
}
