"use client";

import { Monitor, Moon, Smartphone, Sun } from "lucide-react";
import { SegmentedControl } from "./segmented-control";

type SwitchProps<Value extends string> = { value: Value; onValueChange: (value: Value) => void };

/** How wide a framed mail is: on a desk, or on a phone. */
export const WidthSwitch = (props: SwitchProps<"wide" | "narrow">) => (
  <SegmentedControl
    label="Width"
    iconsOnly
    options={[
      { value: "wide", label: "Desk", icon: Monitor },
      { value: "narrow", label: "Phone", icon: Smartphone },
    ]}
    {...props}
  />
);

/** Whether a message is shown as a light or a dark device shows it. */
export const ThemeSwitch = (props: SwitchProps<"light" | "dark">) => (
  <SegmentedControl
    label="Theme"
    iconsOnly
    options={[
      { value: "light", label: "Light", icon: Sun },
      { value: "dark", label: "Dark", icon: Moon },
    ]}
    {...props}
  />
);
