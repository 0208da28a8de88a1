"use client";

import { Ellipsis, FlaskConical, Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { MOST_VARIANTS, variedParts } from "@/server/campaigns/content";
import { beginTest, withoutVariant, withVariant } from "@/server/variants/content";
import { variantName, variedLabels } from "@/server/variants/status";
import type { Draft } from "../use-draft";

type VariantTabsProps = { draft: Draft; current: number; onOpen: (variant: number) => void };

/** The versions that are tried against each other, each with its share; or the way to begin. */
export function VariantTabs({ draft: { fields, change }, current, onOpen }: VariantTabsProps) {
  const [ending, setEnding] = useState(false);
  const test = fields.abTest;
  if (!test && fields.schedule.kind === "automated")
    return (
      <p className="text-muted text-sm">
        An automation sends to one customer at a time, so versions cannot be tried against each other.
      </p>
    );
  if (!test)
    return (
      <DropdownMenu
        align="start"
        className="w-72"
        trigger={
          <Button size="sm" className="self-start" icon={<FlaskConical aria-hidden />}>
            Try versions against each other
          </Button>
        }
      >
        {variedParts.map((part) => (
          <MenuItem
            key={part}
            onSelect={() => {
              change({ abTest: beginTest(part, fields) });
              onOpen(1);
            }}
          >
            <span className="flex flex-col">
              {variedLabels[part].label}
              <span className="text-faint text-xs">{variedLabels[part].hint}</span>
            </span>
          </MenuItem>
        ))}
      </DropdownMenu>
    );
  const name = variantName(current);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-1 border-line border-b">
        <div role="tablist" aria-label="Variants" className="-mb-px flex min-w-0 gap-1 overflow-x-auto">
          {test.variants.map(({ share }, nth) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a variant is known by its place
              key={nth}
              type="button"
              role="tab"
              aria-selected={nth === current}
              onClick={() => onOpen(nth)}
              className={cn(
                "flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 text-muted outline-offset-[-2px] transition-colors hover:text-ink pointer-coarse:h-11",
                nth === current && "border-accent-ink font-medium text-ink",
              )}
            >
              Variant {variantName(nth)}
              <span className="font-normal text-faint text-xs tabular-nums">{share}%</span>
            </button>
          ))}
        </div>
        {test.variants.length < MOST_VARIANTS && (
          <Button
            variant="ghost"
            size="sm"
            icon={<Plus aria-hidden />}
            onClick={() => {
              change({ abTest: withVariant(test, fields) });
              onOpen(test.variants.length);
            }}
          >
            Variant
          </Button>
        )}
        <DropdownMenu
          align="end"
          trigger={
            <IconButton
              label="More about the variants"
              tooltip={false}
              size="sm"
              className="ml-auto"
              icon={<Ellipsis aria-hidden />}
            />
          }
        >
          {current > 0 && test.variants.length > 2 && (
            <MenuItem
              danger
              icon={<Trash2 aria-hidden />}
              onSelect={() => {
                change({ abTest: withoutVariant(test, current) });
                onOpen(0);
              }}
            >
              Remove variant {name}
            </MenuItem>
          )}
          <MenuItem danger icon={<X aria-hidden />} onSelect={() => setEnding(true)}>
            Send everybody the same
          </MenuItem>
        </DropdownMenu>
      </div>
      <p className="text-muted text-sm">
        {current === 0 ? firstWords[test.varies] : otherWords[test.varies]} How they are compared stands under
        Schedule.
      </p>
      <ConfirmDialog
        open={ending}
        onOpenChange={setEnding}
        title="Send everybody the same?"
        description="Variant A stays as the message. What the other variants say goes; Undo brings it back."
        confirmLabel="Send everybody the same"
        onConfirm={() => {
          change({ abTest: null });
          onOpen(0);
        }}
      />
    </div>
  );
}

const firstWords = {
  subject: "Subjects are tried against each other; this is the first.",
  body: "Messages are tried against each other; this is the first.",
  channel: "Channels are tried against each other with the same words; these come first for variant A.",
} as const;
const otherWords = {
  subject: "This variant has a subject of its own.",
  body: "This variant says it in other words, on every channel.",
  channel: "This variant goes by other channels, or in another order. The words are the same.",
} as const;
