"use client";

import { ScoreFormula } from "@/components/engagement/score-formula";
import { customerField } from "@/server/segments/status";
import { EventRow } from "./event-row";
import { CampaignRow, ConsentRow, ReachRow, SegmentRow } from "./other-rows";
import { RecordRow } from "./record-row";
import { type Of, type RowProps, Word } from "./row-parts";
import { TestFields } from "./test-fields";

/** A condition as a line that reads like a sentence. */
export function ConditionRow(props: RowProps) {
  const { condition, ...rest } = props;
  switch (condition.on) {
    case "customer":
      return <CustomerRow {...rest} condition={condition} />;
    case "policy":
    case "payment":
      return <RecordRow {...rest} condition={condition} />;
    case "event":
      return <EventRow {...rest} condition={condition} />;
    case "campaign":
      return <CampaignRow {...rest} condition={condition} />;
    case "consent":
      return <ConsentRow {...rest} condition={condition} />;
    case "reach":
      return <ReachRow {...rest} condition={condition} />;
    case "segment":
      return <SegmentRow {...rest} condition={condition} />;
  }
}

function CustomerRow({ kit, condition, onChange, wrong }: RowProps<Of<"customer">>) {
  const field = customerField(condition.field, kit.names.attributes);
  if (!field) return <Word>An attribute that does not exist any more</Word>;
  return (
    <>
      <span className="font-medium">{field.label}</span>
      <TestFields
        kit={kit}
        field={field}
        test={condition}
        onChange={(test) => onChange({ on: "customer", field: condition.field, ...test })}
        invalid={wrong.has("value")}
      />
      {condition.field === "engagement_score" && <ScoreFormula />}
    </>
  );
}
