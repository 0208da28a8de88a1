"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { WhatsAppTemplateParts } from "@/server/channels/schemas";

type TemplateButton = WhatsAppTemplateParts["buttons"][number];

const kinds = {
  quick_reply: { label: "Quick reply", make: { kind: "quick_reply", label: "" } },
  url: { label: "Link", make: { kind: "url", label: "", url: "https://" } },
  phone: { label: "Call a number", make: { kind: "phone", label: "", phone: "+91" } },
} as const satisfies Record<TemplateButton["kind"], { label: string; make: TemplateButton }>;

const MOST = 10;

type TemplateButtonsProps = {
  buttons: readonly TemplateButton[];
  problem?: string;
  onChange: (buttons: TemplateButton[]) => void;
};

/** The buttons below the message, in their order. */
export function TemplateButtons({ buttons, problem, onChange }: TemplateButtonsProps) {
  const put = (at: number, button: TemplateButton) =>
    onChange(buttons.map((each, index) => (index === at ? button : each)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        Buttons <span className="font-normal text-faint">(optional)</span>
      </legend>
      {buttons.map((button, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a button is its place; two may have the same words while one types
        <div key={at} className="flex flex-wrap items-center gap-2">
          <span className="w-24 shrink-0 text-muted text-sm">{kinds[button.kind].label}</span>
          <Input
            aria-label={`Label of button ${at + 1}`}
            autoComplete="off"
            className="w-44 flex-none"
            maxLength={25}
            placeholder="Label"
            value={button.label}
            onChange={(event) => put(at, { ...button, label: event.target.value })}
          />
          {button.kind === "url" && (
            <Input
              aria-label={`Address of button ${at + 1}`}
              autoComplete="off"
              className="min-w-40 flex-1 font-mono text-sm"
              value={button.url}
              onChange={(event) => put(at, { ...button, url: event.target.value })}
            />
          )}
          {button.kind === "phone" && (
            <Input
              aria-label={`Number of button ${at + 1}`}
              inputMode="tel"
              autoComplete="off"
              className="min-w-40 flex-1"
              value={button.phone}
              onChange={(event) => put(at, { ...button, phone: event.target.value })}
            />
          )}
          <IconButton
            label={`Take away button ${at + 1}`}
            tooltip={false}
            size="sm"
            className="ml-auto"
            icon={<X aria-hidden />}
            onClick={() => onChange(buttons.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {problem && <p className="text-danger text-xs">{problem}</p>}
      {buttons.length < MOST && (
        <DropdownMenu
          align="start"
          trigger={
            <Button size="sm" className="self-start" icon={<Plus aria-hidden />}>
              Add a button
            </Button>
          }
        >
          {Object.values(kinds).map(({ label, make }) => (
            <MenuItem key={label} onSelect={() => onChange([...buttons, { ...make }])}>
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
    </fieldset>
  );
}
