"use client";

import { ImageDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { type ChartColour, dotClass, type Series } from "./series";

type PngButtonProps = { title: string; series: readonly Series[]; box: () => HTMLElement | null };

/** The colour as the theme of the page has it. */
function colourOf(element: HTMLElement, colour: ChartColour): string {
  const probe = document.createElement("span");
  probe.className = dotClass[colour];
  element.append(probe);
  const { backgroundColor } = getComputedStyle(probe);
  probe.remove();
  return backgroundColor;
}

/** Saves the chart as a picture. */
export function PngButton({ title, series, box }: PngButtonProps) {
  const save = async () => {
    const element = box();
    if (!element) return;
    const legend = series.map(({ label, colour }) => ({ label, colour: colourOf(element, colour) }));
    try {
      const { savePng } = await import("./save-png");
      await savePng(element, { title, legend });
    } catch {
      toast.error("The picture was not made", { description: "Try again, or show the chart as a table." });
    }
  };
  return (
    <IconButton
      label="Save as a picture"
      size="sm"
      className="print:hidden"
      icon={<ImageDown aria-hidden />}
      onClick={() => void save()}
    />
  );
}
