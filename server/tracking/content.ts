/** What the unsubscribe page says, in the words that the consent ledger keeps as evidence. Pure. */
export const unsubscribeWords = (company: string) => ({
  stop: `Stop offers and news from ${company} by e-mail`,
  resume: `Send me offers and news from ${company} by e-mail again`,
});

/** Why an open or click is a machine's, by the name of the rule (`classify-machine.ts`); for people. */
export const machineReasons: Record<string, string> = {
  head_request: "only looked whether the address exists",
  prefetch: "fetched ahead of the reader",
  no_user_agent: "a program that does not say what it is",
  apple_mail_privacy: "Apple Mail loads images by itself",
  gmail_prefetch: "Gmail loaded images ahead of the reader",
  security_scanner: "a security scanner",
  link_preview: "a link preview",
  robot: "a robot",
  program: "a program",
  click_burst: "links followed faster than anyone reads",
};
