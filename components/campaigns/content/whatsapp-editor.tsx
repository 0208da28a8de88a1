"use client";

import { useState } from "react";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type EditorProps, fallbacksOf } from "./editor-props";
import { TaggedField } from "./tagged-field";
import { TemplateFields } from "./template-fields";
import { bodyAt, withBody } from "./use-place";

const ways = [
  { value: "template", label: "Approved template" },
  { value: "free", label: "Free text" },
] as const;

/** A WhatsApp message: an approved template with its variables filled, or free text for those who wrote today. */
export function WhatsAppEditor({ draft, language, problems }: EditorProps) {
  const { fields, change, errors } = draft;
  const body = bodyAt(fields.bodies, "whatsapp", language);
  const [way, setWay] = useState<"template" | "free">(
    body.templateId === null && body.text !== "" ? "free" : "template",
  );
  const write = (patch: Partial<typeof body>) =>
    change({ bodies: withBody(fields.bodies, { channel: "whatsapp", language }, patch) });
  const tagged = { ...fallbacksOf(draft, language), language };
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label="Kind of message"
        value={way}
        options={ways}
        onValueChange={(next) => {
          setWay(next);
          if (next === "free") write({ templateId: null, variables: [], buttonUrls: [], headerFileId: null });
        }}
      />
      {way === "template" ? (
        <TemplateFields
          body={body}
          write={write}
          category={fields.category}
          problems={problems}
          {...tagged}
        />
      ) : (
        <>
          <Notice tone="attention" title="Only for customers who wrote to you in the last 24 hours">
            WhatsApp opens a window of 24 hours with each message of a customer. Outside it only approved
            templates are delivered: everybody else is left out.
          </Notice>
          <TaggedField
            label="Text"
            rows={6}
            value={body.text}
            error={errors[`bodies.whatsapp.${language}.text`] ?? problems.text ?? problems.templateId}
            placeholder="Thank you for your message, {{customer_name}}."
            onChange={(text) => write({ text })}
            {...tagged}
          />
        </>
      )}
    </div>
  );
}
