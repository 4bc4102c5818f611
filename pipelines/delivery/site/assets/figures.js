/* Figures as text: exact, since they come as text and are only ever moved by their decimal point. */
"use strict";

gouji.figures = (() => {
  const WAN = 4;

  function grouped(text) {
    const [, sign, whole, rest] = /^(-?)(\d+)(\..*)?$/.exec(text) || [null, "", text, ""];
    return sign.replace("-", "−") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest || "");
  }

  /* A decimal number with its point moved to the left. */
  function shifted(text, places) {
    const negative = text.startsWith("-");
    const [whole, rest = ""] = text.replace("-", "").split(".");
    const digits = whole.padStart(places + 1, "0");
    const moved = `${digits.slice(0, -places)}.${digits.slice(-places)}${rest}`.replace(/\.?0+$/, "");
    return (negative ? "-" : "") + moved;
  }

  const missing = (text) => text === null || text === undefined || text === "";

  return {
    /* Yuan as 万元. */
    wan: (yuan) => (missing(yuan) ? "–" : grouped(shifted(String(yuan), WAN))),
    /* Yuan as 万元 to two places, where many stand side by side and the exact figure is a step away. */
    about: (yuan) => (missing(yuan) ? "–" : (Number(yuan) / 10 ** WAN).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace("-", "−")),
    plain: (text) => (missing(text) ? "–" : grouped(String(text))),
    percent: (text) => (missing(text) ? "–" : `${grouped(String(text))}%`),
    change: (text) => (missing(text) ? "–" : `${String(text).startsWith("-") ? "" : "+"}${grouped(String(text))}%`),
    number: (text) => (missing(text) ? null : Number(text)),
    period: (month) => (month && month !== 12 ? gouji.say("period.part", { month }) : gouji.say("period.year")),
  };
})();
