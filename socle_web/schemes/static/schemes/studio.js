/* A slider beside each number that may be moved: both are the same number, and only the number is sent. */
(() => {
  "use strict";
  function slide(number) {
    if (number.dataset.slide === undefined || number.dataset.slides) return;
    number.dataset.slides = "yes";
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: number.min, max: number.max, step: "1", value: number.value || number.min, tabIndex: -1 });
    range.setAttribute("aria-hidden", "true");
    range.addEventListener("input", event => {
      event.stopPropagation();
      number.value = range.value;
      number.dispatchEvent(new Event("input", { bubbles: true }));
    });
    range.addEventListener("change", event => event.stopPropagation());
    number.addEventListener("input", () => { range.value = number.value; });
    number.closest(".lever").append(range);
  }
  function begin() {
    document.querySelectorAll("input[data-slide]").forEach(slide);
    document.querySelectorAll("[data-quiet]").forEach(button => { button.hidden = true; });
  }
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
