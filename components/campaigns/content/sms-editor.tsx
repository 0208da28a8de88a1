"use client";

import { useState } from "react";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type EditorProps, fallbacksOf } from "./editor-props";
import { RegisteredText } from "./registered-text";
import { SmsMeter } from "./sms-meter";
import { TaggedField } from "./tagged-field";
import { bodyAt, withBody } from "./use-place";

const ways = [
  { value: "registered", label: "Registered text (DLT)" },
  { value: "free", label: "Free text" },
] as const;

/** An SMS: a text of the DLT registry with its places filled, or free text for numbers outside India. */
export function SmsEditor({ draft, language, preview, problems }: EditorProps) {
  const { fields, change, errors } = draft;
  const body = bodyAt(fields.bodies, "sms", language);
  const [way, setWay] = useState<"registered" | "free">(
    body.dltTemplateId === null && body.text !== "" ? "free" : "registered",
  );
  const write = (patch: Partial<typeof body>) =>
    change({ bodies: withBody(fields.bodies, { channel: "sms", language }, patch) });
  const shown =
    preview.data?.channel === "sms" && preview.data.message?.ok ? preview.data.message.content : null;
  const tagged = { ...fallbacksOf(draft, language), language };
  const meter = (text: string) => (
    <SmsMeter text={shown?.text ?? text} as={shown ? (preview.data?.customer?.name ?? null) : null} />
  );
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label="Kind of text"
        value={way}
        options={ways}
        onValueChange={(next) => {
          setWay(next);
          if (next === "free") write({ dltTemplateId: null, variables: [] });
        }}
      />
      {way === "registered" ? (
        <RegisteredText
          body={body}
          category={fields.category}
          write={write}
          problems={problems}
          meter={meter}
          {...tagged}
        />
      ) : (
        <>
          <Notice tone="attention">
            Operators in India drop SMS that are not registered: Indian numbers are left out of free text.
          </Notice>
          <TaggedField
            label="Text"
            rows={5}
            value={body.text}
            error={errors[`bodies.sms.${language}.text`] ?? problems.text}
            placeholder="Dear {{customer_name}}, your premium is due on {{due_date}}."
            onChange={(text) => write({ text })}
            help="A web address is a link. It is shortened while clicks are counted."
            {...tagged}
          />
          {meter(body.text)}
        </>
      )}
    </div>
  );
}
