import type { Tone } from "@/components/ui/tone";

export type Line = {
  id: string;
  name: string;
  state: { tone: Tone; label: string };
  channel: string;
  sent: number;
  rate: number | null;
  cost: bigint;
};

export const states = [
  { tone: "good", label: "Completed" },
  { tone: "accent", label: "Sending" },
  { tone: "attention", label: "Paused" },
  { tone: "information", label: "Scheduled" },
  { tone: "neutral", label: "Draft" },
] as const;

const names = [
  "Renewal drive, November",
  "Birthday wishes",
  "Premium overdue, second reminder",
  "नवीनीकरण की याद",
  "A name of sixty letters that somebody once really gave to it",
  "Win back lapsed policies",
  "Diwali greeting",
] as const;

export const lines: Line[] = Array.from({ length: 24 }, (_, index) => {
  const state = states[index % states.length] ?? states[0];
  const sent = state.label === "Draft" ? 0 : (index * 7919 + 431) % 46_000;
  return {
    id: `line-${index + 1}`,
    name: names[index % names.length] ?? names[0],
    state,
    channel: ["E-mail", "WhatsApp", "SMS"][index % 3] ?? "SMS",
    sent,
    rate: sent > 0 ? ((index * 37) % 60) / 100 + 0.2 : null,
    cost: BigInt(sent) * 130_000n,
  };
});
