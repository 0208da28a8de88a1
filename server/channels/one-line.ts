/** WhatsApp refuses parameters with line breaks, tabs or more than four spaces in a row. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
