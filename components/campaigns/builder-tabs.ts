/** The tabs of the builder, in the order in which a newcomer goes through them; `value` stands in the address. */
export const builderTabs = [
  { value: "basic", label: "Basic info" },
  { value: "content", label: "Content" },
  { value: "targeting", label: "Targeting" },
  { value: "schedule", label: "Schedule" },
] as const;
export type BuilderTab = (typeof builderTabs)[number]["value"];

/** The tab that an address names; the first for none or an unknown one. */
export const parseBuilderTab = (value: string | null): BuilderTab =>
  builderTabs.find((tab) => tab.value === value)?.value ?? "basic";
