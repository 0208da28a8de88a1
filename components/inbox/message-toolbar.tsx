"use client";

import { ArrowLeft, ChevronDown, ChevronUp, Monitor, Smartphone } from "lucide-react";
import type { FrameTheme } from "@/components/ui/frame-theme";
import { IconButton } from "@/components/ui/icon-button";
import { ThemeSwitch } from "@/components/ui/preview-switches";
import { SegmentedControl } from "@/components/ui/segmented-control";

export type MessageTab = "message" | "text" | "headers";
export type FrameWidth = "wide" | "phone";

type MessageToolbarProps = {
  tab: MessageTab;
  onTab: (tab: MessageTab) => void;
  hasHtml: boolean;
  width: FrameWidth;
  onWidth: (width: FrameWidth) => void;
  theme: FrameTheme;
  onTheme: (theme: FrameTheme) => void;
  onClose: () => void;
  onStep: (step: 1 | -1) => void;
};

/** Above an open message: the way back, neighbours, and the ways to look at it. */
export function MessageToolbar(props: MessageToolbarProps) {
  const { tab, hasHtml } = props;
  const tabs = [
    ...(hasHtml ? [{ value: "message" as const, label: "Message" }] : []),
    { value: "text" as const, label: "Text" },
    { value: "headers" as const, label: "Details" },
  ];
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2">
      <IconButton label="Back to the list (Esc)" icon={<ArrowLeft aria-hidden />} onClick={props.onClose} />
      <SegmentedControl label="Show" value={tab} options={tabs} onValueChange={props.onTab} />
      <span className="flex-1" />
      {tab === "message" && (
        <>
          <SegmentedControl
            label="Width"
            iconsOnly
            className="max-md:hidden"
            value={props.width}
            options={[
              { value: "wide", label: "Desktop", icon: Monitor },
              { value: "phone", label: "Phone", icon: Smartphone },
            ]}
            onValueChange={props.onWidth}
          />
          <ThemeSwitch value={props.theme} onValueChange={props.onTheme} />
        </>
      )}
      <span className="flex max-md:hidden">
        <IconButton label="Newer (K)" icon={<ChevronUp aria-hidden />} onClick={() => props.onStep(-1)} />
        <IconButton label="Older (J)" icon={<ChevronDown aria-hidden />} onClick={() => props.onStep(1)} />
      </span>
    </div>
  );
}
