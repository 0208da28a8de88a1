/** Runs of the first release carry one e-mail as `subject` and `body`. */
export function fromFormerShape(content: unknown): unknown {
  if (typeof content !== "object" || content === null || "bodies" in content) return content;
  const { channel, subject, body, ...others } = content as Record<string, unknown>;
  return { ...others, channels: [channel], languages: ["en"], bodies: { email: { en: { subject, body } } } };
}
