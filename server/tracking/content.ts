/** What the unsubscribe page says, in the words that the consent ledger keeps as evidence. Pure. */
export const unsubscribeWords = (company: string) => ({
  stop: `Stop offers and news from ${company} by e-mail`,
  resume: `Send me offers and news from ${company} by e-mail again`,
});
