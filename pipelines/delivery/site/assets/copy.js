/* Buttons that copy a query. */
"use strict";

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    // A page opened from disk may be denied the clipboard; the selection is there to copy by hand.
    try {
      await navigator.clipboard.writeText(code.textContent);
      gouji.announce(gouji.say("copied"));
    } catch (error) {
      gouji.announce(gouji.say("selected"));
    }
  });
}
