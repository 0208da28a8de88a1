import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  Info,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";

/** The four statuses with meaning, plus quiet and accent. A tone never speaks alone: icon and word go with it. */
export type Tone = "neutral" | "accent" | "good" | "attention" | "danger" | "information";

type ToneLook = { icon: LucideIcon; text: string; soft: string; solid: string };

export const toneLooks = {
  neutral: { icon: CircleDashed, text: "text-muted", soft: "bg-subtle", solid: "bg-control" },
  accent: { icon: CircleDot, text: "text-accent-ink", soft: "bg-accent-soft", solid: "bg-accent" },
  good: { icon: CircleCheck, text: "text-good", soft: "bg-good-soft", solid: "bg-good-solid" },
  attention: {
    icon: TriangleAlert,
    text: "text-attention",
    soft: "bg-attention-soft",
    solid: "bg-attention-solid",
  },
  danger: { icon: CircleAlert, text: "text-danger", soft: "bg-danger-soft", solid: "bg-danger-solid" },
  information: {
    icon: Info,
    text: "text-information",
    soft: "bg-information-soft",
    solid: "bg-information-solid",
  },
} satisfies Record<Tone, ToneLook>;
