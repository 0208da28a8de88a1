"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { setTheme } from "./preferences";
import type { Theme } from "./theme";

const options = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "As the device", icon: Monitor },
] as const;

/** Light, dark, or as the device; changes at once. */
export function ThemeMenu({ theme }: { theme: Theme }) {
  const [value, setValue] = useState(theme);
  return (
    <SegmentedControl
      label="Theme"
      iconsOnly
      value={value}
      options={options}
      onValueChange={(next) => {
        setValue(next);
        setTheme(next);
      }}
    />
  );
}
