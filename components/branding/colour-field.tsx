"use client";

import { Check, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { contrast, inkOn, readableOn } from "@/server/platform/colour";

type ColourFieldProps = {
  label: string;
  /** What is used without one. */
  usual: string;
  kind: "accent" | "page";
  value: string | null;
  error: string | undefined;
  onChange: (value: string | null) => void;
};

const HEX = /^#[0-9a-f]{6}$/i;
const CARD = "#ffffff";

/** A colour by its picker or its number, with what its contrast comes to. */
export function ColourField({ label, usual, kind, value, error, onChange }: ColourFieldProps) {
  const [typed, setTyped] = useState(value ?? "");
  const shown = value ?? usual;
  const type = (text: string) => {
    setTyped(text);
    const colour = text.trim() === "" ? null : text.trim().startsWith("#") ? text.trim() : `#${text.trim()}`;
    if (colour === null || HEX.test(colour)) onChange(colour?.toLowerCase() ?? null);
  };
  const wrong =
    typed.trim() !== "" && !HEX.test(typed.trim().startsWith("#") ? typed.trim() : `#${typed.trim()}`);
  return (
    <Field
      label={label}
      error={wrong ? "Six figures and letters, like #1d4ed8." : error}
      help={kind === "accent" ? <AccentWords colour={shown} /> : <PageWords colour={shown} />}
      aside={
        value !== null && (
          <Button
            variant="ghost"
            size="sm"
            className="-my-1 h-6 px-1.5 font-normal text-xs"
            onClick={() => {
              setTyped("");
              onChange(null);
            }}
          >
            As usual
          </Button>
        )
      }
    >
      <Input
        value={typed}
        placeholder={usual}
        onChange={(event) => type(event.target.value)}
        className="font-mono"
        suffix={
          <input
            type="color"
            aria-label={`Pick: ${label.toLowerCase()}`}
            value={shown}
            onChange={(event) => type(event.target.value)}
            className="size-6 cursor-pointer rounded-sm border-0 bg-transparent p-0"
          />
        }
      />
    </Field>
  );
}

/** On a button the ink is chosen; as a link on white the colour is made darker where it must be. */
function AccentWords({ colour }: { colour: string }) {
  const ink = inkOn(colour);
  const onButton = contrast(colour, ink);
  const link = readableOn(CARD, colour);
  return (
    <span className="flex flex-col gap-0.5">
      <Mark good={onButton >= 4.5}>
        {ink === "#ffffff" ? "White" : "Black"} words on buttons: {onButton.toFixed(1)} to 1
      </Mark>
      <Mark good={link === colour.toLowerCase()}>
        {link === colour.toLowerCase()
          ? `Links on white: ${contrast(colour, CARD).toFixed(1)} to 1`
          : "Too light for links on white: links are drawn darker."}
      </Mark>
    </span>
  );
}

function PageWords({ colour }: { colour: string }) {
  const dark = contrast(colour, CARD);
  return (
    <Mark good={dark < 15}>
      {dark < 15
        ? "Used by day; by night mail programs get a dark one."
        : "Very dark: the message stands out hard against it."}
    </Mark>
  );
}

function Mark({ good, children }: { good: boolean; children: React.ReactNode }) {
  const Icon = good ? Check : TriangleAlert;
  return (
    <span className="flex items-start gap-1">
      <Icon
        aria-hidden
        className={good ? "mt-px size-3.5 shrink-0 text-good" : "mt-px size-3.5 shrink-0 text-attention"}
      />
      <span>{children}</span>
    </span>
  );
}
