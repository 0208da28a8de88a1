"use client";

import { ImageDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import type { Drawing } from "./save-png";
import { type ChartColour, dotClass, type Series } from "./series";

type PngButtonProps = {
  title: string;
  series: readonly Pick<Series, "label" | "colour">[];
  box: () => HTMLElement | null;
  /** For a chart that is no drawing on the page: makes one in these colours. */
  draw?: (look: { text: string; font: string; colour: string }) => Drawing;
};

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
export function PngButton({ title, series, box, draw }: PngButtonProps) {
  const save = async () => {
    const element = box();
    if (!element) return;
    const legend = series.map(({ label, colour }) => ({ label, colour: colourOf(element, colour) }));
    try {
      const { savePng } = await import("./save-png");
      const { color, fontFamily } = getComputedStyle(element);
      const [first] = legend;
      await savePng(
        element,
        draw && first
          ? { title, legend: [], drawing: draw({ text: color, font: fontFamily, colour: first.colour }) }
          : { title, legend },
      );
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
