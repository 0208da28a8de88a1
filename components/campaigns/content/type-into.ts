/** Types into a field at its cursor, as a person would: it can be undone with the keyboard. */
export function typeInto(target: HTMLInputElement | HTMLTextAreaElement | null, text: string): void {
  if (!target) return;
  target.focus();
  // The only way in that keeps the field's own undo; browsers without it take the plain one.
  if (document.execCommand("insertText", false, text)) return;
  target.setRangeText(text, target.selectionStart ?? 0, target.selectionEnd ?? 0, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
}
