/** The colours of a phone by day and by night. */
export const phoneLooks = {
  light: {
    screen: "bg-phone-day",
    bar: "bg-phone-day-bar text-phone-day-ink",
    bubble: "bg-phone-day-bubble text-phone-day-ink",
    own: "bg-phone-day-own text-phone-day-ink",
    quiet: "text-phone-day-quiet",
    link: "text-phone-day-link",
    placeholder: "placeholder:text-phone-day-quiet",
  },
  dark: {
    screen: "bg-phone-night",
    bar: "bg-phone-night-bar text-phone-night-ink",
    bubble: "bg-phone-night-bubble text-phone-night-ink",
    own: "bg-phone-night-own text-phone-night-ink",
    quiet: "text-phone-night-quiet",
    link: "text-phone-night-link",
    placeholder: "placeholder:text-phone-night-quiet",
  },
} as const;
